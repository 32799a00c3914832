//! What is typed and chosen: kept at once, drawn only where something has to look different.

use leptos::prelude::*;
use liaison_domain::lifecycle::{LetterKind, NameShown};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlTextAreaElement};

use super::super::config;
use super::super::work::Work;
use super::flow::Flow;
use super::later::LaterWork;
use super::photos;
use crate::pages::forms::{self, Sent};
use crate::views::form::{HELPER_FIELDS, WriteStep};

impl Flow {
    /// Something is being typed: kept, not redrawn.
    pub(super) fn typed(self, event: &Event) {
        let Some((name, value)) = forms::changed(event) else {
            return;
        };
        // The boot script gives back what was typed while the app loaded; an older draft is not thrown away for it.
        if name == "body" && !event.is_trusted() && self.draft.found.get_untracked().is_some() {
            let kept = self.draft.form.with_untracked(|form| form.body.clone());
            if !kept.is_empty() && !value.is_empty() && !kept.contains(&value) {
                let both = format!("{kept}\n{value}");
                if let Some(area) = event
                    .target()
                    .and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok())
                {
                    area.set_value(&both);
                }
                self.take(&name, &both);
                return;
            }
        }
        self.take(&name, &value);
    }

    pub(super) fn changed(self, event: &Event) {
        let Some((input, files)) = photos::files_of(event) else {
            self.typed(event);
            return;
        };
        let limits = config().limits;
        if let Some(file) = files.get(0).filter(|_| input.name() != "file") {
            if input.name() == "voice_file" {
                self.voice.choose(&file, &limits);
            } else {
                self.video.choose(&file, &limits);
            }
            input.set_value("");
            return;
        }
        if let Some(work) = LaterWork::at_hand() {
            (work.chosen)(self, &files);
        }
        // Emptied, so that the same photo can be chosen again after it was removed.
        input.set_value("");
    }

    /// The answers of a question that was sent.
    pub(super) fn absorb(self, step: WriteStep, sent: &Sent) {
        for (name, value) in &sent.fields {
            if asks(step, name) {
                self.take(name, value);
            }
        }
        if step == WriteStep::More {
            self.draft
                .form
                .update_untracked(|form| form.category_by_resident = true);
        }
    }

    fn take(self, name: &str, value: &str) {
        let step = self.step.get_untracked();
        if !asks(step, name) {
            return;
        }
        if name == "phone" {
            self.draft
                .phone
                .update_untracked(|phone| value.clone_into(&mut phone.phone));
        }
        self.draft.form.update_untracked(|form| match name {
            "body" => value.clone_into(&mut form.body),
            "title" => value.clone_into(&mut form.title),
            "area" => {
                if form.area != value {
                    // The station that was proposed for the old place is proposed anew.
                    form.station.clear();
                }
                value.clone_into(&mut form.area);
            }
            "place" => value.clone_into(&mut form.place),
            "deputy" => value.clone_into(&mut form.deputy),
            // The longer list counts only when something is chosen there.
            "deputy_other" if !value.is_empty() => value.clone_into(&mut form.deputy),
            "station" => value.clone_into(&mut form.station),
            "kind" => {
                form.kind = LetterKind::from_code(value);
                form.category_by_resident = true;
            }
            "category" => {
                value.clone_into(&mut form.category);
                form.category_by_resident = true;
            }
            "name" => value.clone_into(&mut form.name),
            "name_shown" => form.name_shown = NameShown::from_code(value).unwrap_or(NameShown::Hidden),
            "consent" => form.consent = Some(value == "yes"),
            name => {
                form.extra.take(name, value);
            }
        });
        if name == "body" {
            self.guide.typed();
            self.used.set(value.trim().chars().count());
        }
        self.draft.changed();
    }
}

/// Whether a question asks for this field. The others travel along in hidden fields for the plain form, and
/// are older than what the app knows.
fn asks(step: WriteStep, name: &str) -> bool {
    let names: &[&str] = match step {
        WriteStep::What => return name == "body" || HELPER_FIELDS.contains(&name),
        WriteStep::Where => &["area", "place"],
        WriteStep::Who => &["deputy", "deputy_other", "station"],
        WriteStep::More => &["kind", "category", "title", "consent", "may_call", "name", "name_shown"],
        WriteStep::Phone => &["phone"],
        WriteStep::Photos | WriteStep::Check | WriteStep::Done => &[],
    };
    names.contains(&name)
}
