//! A form as data: its fields, and how the typed values become an event. [`view`] draws any of them;
//! which forms there are stands in [`super::actions`].

mod dom;
mod fields;
mod keep;
mod lint;
mod pictures;
mod templates;
mod values;
mod view;

pub use dom::{put, sent};
pub use keep::{forget, forget_all, key, read, trim, write as keep_values};
pub use lint::list as findings;
pub use templates::parts_of;
pub use values::Values;
pub use view::{FormView, focus_errors, form_view};

use leptos::prelude::AnyView;
use liaison_domain::dto::DeskCase;
use liaison_domain::lifecycle::{CaseEvent, EventKind, ReplyText};

/// What is wrong: a field's name and the words beside it.
pub type Wrong = (String, String);

/// Values to set because the named one changed.
pub type Follow = Box<dyn Fn(&Values, &str) -> Vec<(&'static str, String)> + Send + Sync>;

/// Turns values into the event, or says what is missing beyond the required fields.
pub type Build = Box<dyn Fn(&Values) -> Result<CaseEvent, Vec<Wrong>> + Send + Sync>;

/// The reply that the values make, once there is enough for one.
pub type Draft = fn(&Values) -> Option<ReplyText>;

/// How what is typed will look to the resident.
pub type Preview = Box<dyn Fn(&Values, &DeskCase) -> AnyView + Send + Sync>;

/// Another field and the values it must have.
pub type When = (&'static str, &'static [&'static str]);

/// One form.
pub struct Form {
    pub kind: EventKind,
    pub fields: Vec<Field>,
    pub build: Build,
    pub preview: Option<Preview>,
    pub follow: Option<Follow>,
    /// Stands beside the fields and follows them.
    pub aside: Option<Preview>,
    /// What is written here is also kept on the server, as the draft of this task, once there is enough for one, and
    /// looked over there.
    pub draft: Option<(String, Draft)>,
    /// Its parts may begin with a kept text.
    pub templates: bool,
}

impl Form {
    /// A form of `fields` without extras.
    pub fn new(
        kind: EventKind,
        fields: Vec<Field>,
        build: impl Fn(&Values) -> Result<CaseEvent, Vec<Wrong>> + Send + Sync + 'static,
    ) -> Self {
        let build = Box::new(build);
        Self {
            kind,
            fields,
            build,
            preview: None,
            follow: None,
            aside: None,
            draft: None,
            templates: false,
        }
    }

    /// With a preview.
    #[must_use]
    pub fn preview(mut self, preview: impl Fn(&Values, &DeskCase) -> AnyView + Send + Sync + 'static) -> Self {
        self.preview = Some(Box::new(preview));
        self
    }

    /// With values that follow others.
    #[must_use]
    pub fn follow(
        mut self,
        follow: impl Fn(&Values, &str) -> Vec<(&'static str, String)> + Send + Sync + 'static,
    ) -> Self {
        self.follow = Some(Box::new(follow));
        self
    }

    /// With something to read beside the fields.
    #[must_use]
    pub fn aside(mut self, aside: impl Fn(&Values, &DeskCase) -> AnyView + Send + Sync + 'static) -> Self {
        self.aside = Some(Box::new(aside));
        self
    }

    /// Its text is the draft of a task.
    #[must_use]
    pub fn draft_of(mut self, task: &str, draft: Draft) -> Self {
        self.draft = Some((task.to_owned(), draft));
        self
    }

    /// Its parts may begin with one of the unit's texts.
    #[must_use]
    pub fn with_templates(mut self) -> Self {
        self.templates = true;
        self
    }

    /// What the fields say before anybody types.
    pub fn initial(&self) -> Values {
        let mut values = Values::default();
        for field in &self.fields {
            values.set(field.name, &field.initial);
        }
        values
    }
}

/// One field.
pub struct Field {
    /// As in the event's JSON, so that the server's field errors find it.
    pub name: &'static str,
    pub input: Input,
    pub required: bool,
    pub initial: String,
    /// Only shown while another field has one of these values; with none, while it has any.
    pub when: Option<When>,
    /// Instead of the usual hint.
    pub hint: Option<String>,
}

fn is_shown(when: Option<When>, values: &Values) -> bool {
    when.is_none_or(|(other, wanted)| {
        let now = values.get(other);
        if wanted.is_empty() {
            !now.is_empty()
        } else {
            wanted.contains(&now)
        }
    })
}

/// How a field is filled in.
pub enum Input {
    /// One line.
    Line,
    /// Several lines; how many are shown.
    Lines(u8),
    /// A day, `YYYY-MM-DD`.
    Day,
    /// One of a list.
    Pick(Vec<Choice>),
    /// One of a few, each explained.
    Cards(Vec<Choice>),
    /// Any of a list; the values joined by commas.
    Many(Vec<Choice>),
    /// Each of a few, to be ticked one by one; the values joined by commas.
    Checks(Vec<Choice>),
    /// Pictures; each by its upload's id and, while it belongs to no letter yet, secret: `id.secret`.
    Pictures,
}

/// Something to choose.
#[derive(Clone, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
    /// Heading it stands under; empty for none.
    pub group: String,
}

impl Choice {
    /// A value with its label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// With an explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Under a heading.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }
}

impl Field {
    /// A field that must be filled in.
    pub fn new(name: &'static str, input: Input) -> Self {
        Self {
            name,
            input,
            required: true,
            initial: String::new(),
            when: None,
            hint: None,
        }
    }

    /// May stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Filled in beforehand.
    #[must_use]
    pub fn initial(mut self, value: impl Into<String>) -> Self {
        self.initial = value.into();
        self
    }

    /// Shown only while `other` has one of `values`.
    #[must_use]
    pub fn when(mut self, other: &'static str, values: &'static [&'static str]) -> Self {
        self.when = Some((other, values));
        self
    }

    /// With another hint than the usual one.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether it is shown with these values.
    pub fn is_shown(&self, values: &Values) -> bool {
        is_shown(self.when, values)
    }

    /// Whether it is chosen rather than written.
    pub const fn is_chosen(&self) -> bool {
        matches!(
            self.input,
            Input::Day | Input::Pick(_) | Input::Cards(_) | Input::Many(_) | Input::Checks(_) | Input::Pictures
        )
    }
}
