//! The office's pages beside the lanes: filing for a resident, calls by lot, the library of reasons.

mod calls;
mod file;
mod library;

pub use calls::page as calls;
pub use file::page as file;
pub use library::page as library;

use leptos::prelude::*;

use super::here::Desk;
use crate::api::ApiError;
use crate::components::icon;
use crate::i18n::desk::{self as desk_words, office as words};
use crate::markup::{Node, live, view};
use crate::state::{live as said, nav, timers};

/// Field name and the words of what is wrong with it.
pub type Wrong = Vec<(String, String)>;

/// What is wrong with the fields of a form, in words.
fn wrong_of(error: &ApiError) -> Wrong {
    error
        .fields()
        .iter()
        .map(|field| {
            let name = field.field.rsplit('.').next().unwrap_or_default().to_owned();
            (name, words::field_error(&field.code, field.limit))
        })
        .collect()
}

/// Says what was refused: beside the fields, or below the page where no field is to blame.
fn refused(desk: Desk, wrong: RwSignal<Wrong>, error: &ApiError) {
    let fields = wrong_of(error);
    if fields.is_empty() {
        said::show(&desk.failed(error));
    }
    // The page may have been left meanwhile.
    let _ = wrong.try_set(fields);
    timers::next_frame(|| nav::focus(".field--error .field__control"));
}

/// Values with the words of each.
pub type Choices = Vec<(String, String)>;

/// What is wrong with a field; tracked.
fn text_of(wrong: RwSignal<Wrong>, name: &str) -> Option<String> {
    wrong.with(|all| {
        all.iter()
            .find(|(known, _)| known == name)
            .map(|(_, text)| text.clone())
    })
}

/// What is typed or chosen in.
pub enum Control {
    Line,
    Phone,
    /// A number, with the one to begin with.
    Number(&'static str),
    /// So many lines, with the text to begin with.
    Area(&'static str, String),
    /// One of these, with the one to begin with.
    Choose(Box<dyn Fn() -> Choices + Send>, String),
}

/// A field of these pages' forms.
pub struct Field {
    name: String,
    /// The element's id; the error's follows from it.
    id: String,
    label: &'static str,
    hint: &'static str,
    optional: bool,
    control: Control,
}

impl Field {
    /// A field whose id is its name.
    pub fn new(name: &str, label: &'static str, control: Control) -> Self {
        Self {
            name: name.to_owned(),
            id: name.to_owned(),
            label,
            hint: "",
            optional: false,
            control,
        }
    }

    /// The same with an id of its own, where a page has several such forms.
    #[must_use]
    fn id(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// With words under its label.
    #[must_use]
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// May be left empty.
    #[must_use]
    fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Label, hint, what is wrong, control. What is typed stays when an error comes or goes.
    pub fn view(self, wrong: RwSignal<Wrong>) -> AnyView {
        live(move || self.draw(text_of(wrong, &self.name))).into_any()
    }

    fn draw(&self, wrong: Option<String>) -> Node {
        let (name, id) = (&self.name, &self.id);
        let error_id = [id, "-error"].concat();
        let described = wrong.is_some().then(|| error_id.clone());
        let class = if wrong.is_some() { "field field--error" } else { "field" };
        let error = wrong.map(|text| view! { <p class="field__error" id=error_id>{icon("#i-warn")} {text}</p> });
        let hint = (!self.hint.is_empty()).then(|| view! { <p class="field__hint">{self.hint}</p> });
        let optional = self
            .optional
            .then(|| view! { <span class="field__optional">{desk_words::OPTIONAL}</span> });
        let input = |class: &'static str, kind: &'static str, mode: Option<&'static str>, value: &'static str| {
            view! {
                <input class=class id=id.clone() name=name.clone() type=kind inputmode=mode value=value autocomplete="off"
                    aria-describedby=described.clone()/>
            }
        };
        let control = match &self.control {
            Control::Line => input("field__control", "text", None, ""),
            Control::Phone => input("field__control", "tel", Some("numeric"), ""),
            Control::Number(value) => input("field__control field__control--short", "text", Some("numeric"), value),
            Control::Area(rows, text) => view! {
                <textarea class="field__control field__control--area" id=id.clone() name=name.clone() rows=*rows
                    aria-describedby=described.clone()>{text.clone()}</textarea>
            },
            Control::Choose(choices, chosen) => {
                let all = choices().into_iter();
                let all: Vec<Node> = all
                    .map(|(value, label)| {
                        let is = value == *chosen;
                        view! { <option value=value selected=is>{label}</option> }
                    })
                    .collect();
                view! {
                    <select class="field__control" id=id.clone() name=name.clone() aria-describedby=described.clone()>
                        <option value="">{desk_words::CHOOSE}</option>
                        {all}
                    </select>
                }
            }
        };
        view! {
            <div class=class>
                <label class="field__label" for=id.clone()>{self.label} {optional}</label>
                {hint}
                {error}
                {control}
            </div>
        }
    }
}
