//! What the author does with a letter: adding to it, urging, withdrawing, agreeing to the public copy.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use liaison_domain::Id;
use liaison_domain::dto::CaseView;
use serde::Serialize;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlFormElement, HtmlInputElement};

use super::super::phone::field_error;
use super::super::write::upload_one;
use super::super::{focus_errors, title_of, words};
use super::events::event_of;
use crate::api::{self, ApiError};
use crate::components::{Dialog, Errors};
use crate::i18n::zh;
use crate::markup::view;
use crate::pages::forms::{self, Sent};
use crate::state::{Remote, drafts, listen, live, nav, react, timers};
use crate::views::{ActForm, MyCaseView, withdrawing};

const DIALOG: &str = "withdraw-dialog";

/// What the dialog asks before a letter is withdrawn.
fn sure(what: &'static str) -> AnyView {
    view! {
        <p>{what}</p>
        <p class="buttons">
            <button class="button button--danger" type="button" data-do="withdraw-yes">
                {zh::app::WITHDRAW_YES}
            </button>
            <button class="button button--second" type="button" data-do="withdraw-no">
                {zh::app::WITHDRAW_NO}
            </button>
        </p>
    }
    .into_any()
}

/// What is being done on the page, and how it went.
#[derive(Clone, Default)]
struct Doing {
    form: ActForm,
    errors: Errors,
    done: String,
}

/// Words of an action that was interrupted by an expired login.
#[derive(Serialize)]
struct Interrupted {
    act: String,
    text: String,
}

liaison_domain::wire!(Interrupted { act, text });

/// The page's actions. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Acts {
    case: Remote<CaseView>,
    no: Memo<String>,
    doing: RwSignal<Doing>,
    busy: StoredValue<bool>,
    /// The action and the key under which it is sent, however often.
    key: StoredValue<Option<(String, String)>>,
    /// Pictures sent with an action that did not succeed yet.
    uploaded: StoredValue<Vec<(String, Id)>>,
    /// A withdrawal that waits for the last word.
    asked: StoredValue<Option<Sent>>,
}

impl Acts {
    pub fn new(case: Remote<CaseView>, no: Memo<String>) -> Self {
        let acts = Self {
            case,
            no,
            doing: RwSignal::new(Doing::default()),
            busy: StoredValue::new(false),
            key: StoredValue::new(None),
            uploaded: StoredValue::new(Vec::new()),
            asked: StoredValue::new(None),
        };
        react::spawn(async move {
            if let Some(Interrupted { act, text }) = drafts::load(&kept(no)).await {
                let _ = acts.doing.try_update(|doing| {
                    doing.form = ActForm {
                        act,
                        text,
                        ..ActForm::default()
                    }
                });
            }
        });
        acts
    }

    pub fn view(self, data: CaseView) -> AnyView {
        let Doing { form, errors, done } = self.doing.get();
        let prefix = if errors.is_empty() {
            ""
        } else {
            zh::common::ERROR_PREFIX
        };
        nav::arrived(&title_of(&format!("{prefix}{}", data.title)));
        let sure = sure(withdrawing(&data));
        view! {
            <MyCaseView data=data now=timers::now() errors=errors form=form done=done />
            <Dialog id=DIALOG title=zh::app::WITHDRAW_SURE.to_owned()>
                {sure}
            </Dialog>
        }
        .into_any()
    }

    pub fn listen(self) {
        listen::on_document("submit", move |event| {
            let event: &SubmitEvent = event.unchecked_ref();
            let ours =
                forms::action(event).is_some_and(|action| action == format!("/mine/{}", self.no.get_untracked()));
            if !ours {
                return;
            }
            let files = event
                .target()
                .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
                .and_then(|form| picked(&form));
            let Some(sent) = forms::take(event) else { return };
            if sent.get("do") == "withdraw" {
                self.asked.set_value(Some(sent));
                open_dialog();
                return;
            }
            self.begin(sent, files);
        });
        listen::on_click("[data-do]", move |button| {
            match button.get_attribute("data-do").as_deref() {
                Some("withdraw-yes") => {
                    close_dialog();
                    if let Some(sent) = self.asked.try_update_value(Option::take).flatten() {
                        self.begin(sent, None);
                    }
                }
                Some("withdraw-no") => {
                    close_dialog();
                    self.asked.set_value(None);
                }
                _ => {}
            }
        });
        // What is typed outlives a redraw and an expired login.
        listen::on_document("input", move |event| {
            let Some(form) = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            else {
                return;
            };
            let Some((name, text)) = forms::changed(&event) else {
                return;
            };
            let act = form.id().strip_suffix("-text").map(str::to_owned);
            if let Some(act) = act.filter(|_| name == "text") {
                self.doing.update_untracked(|doing| {
                    doing.form = ActForm {
                        act: act.clone(),
                        text: text.clone(),
                        ..ActForm::default()
                    }
                });
                react::spawn(async move {
                    drafts::save(&kept(self.no), &Interrupted { act, text }).await;
                });
            }
        });
    }

    fn begin(self, sent: Sent, files: Option<web_sys::FileList>) {
        if self.busy.get_value() {
            return;
        }
        let act = sent.get("do").to_owned();
        let text = sent.get("text").trim().to_owned();
        let form = ActForm {
            act: act.clone(),
            text: text.clone(),
            ..ActForm::default()
        };
        if matches!(act.as_str(), "info" | "supplement" | "appeal" | "follow_up") && text.is_empty() {
            self.fail(form, Errors::of(vec![field_error("text", "required")]));
            return;
        }
        self.busy.set_value(true);
        react::spawn(async move {
            let outcome = self.perform(&act, text, files, sent.get("version")).await;
            match outcome {
                Ok(()) => self.succeeded(act).await,
                Err(error) => self.refused(form, &error),
            }
            let _ = self.busy.try_set_value(false);
        });
    }

    async fn perform(
        self,
        act: &str,
        text: String,
        files: Option<web_sys::FileList>,
        version: &str,
    ) -> Result<(), ApiError> {
        let attachments = match &files {
            Some(files) => self.upload(files).await?,
            None => Vec::new(),
        };
        let key = self.key_for(&format!("{act}/{text}/{}", attachments.join("/")));
        let Some(event) = event_of(act, text, attachments) else {
            return Ok(());
        };
        let version = version.parse().unwrap_or(0);
        let no = self.no.get_untracked();
        api::letters::act(&no, version, event, &key).await.map(|_| ())
    }

    /// Sends the pictures; those that were sent before the last try failed are not sent twice.
    async fn upload(self, files: &web_sys::FileList) -> Result<Vec<Id>, ApiError> {
        live::say(zh::app::UPLOADING);
        let mut ids = Vec::new();
        for index in 0..files.length() {
            let Some(file) = files.get(index) else { continue };
            let name = format!("{}/{}/{}", file.name(), file.size() as u64, file.last_modified() as u64);
            let known = self
                .uploaded
                .with_value(|all| all.iter().find(|(known, _)| *known == name).map(|(_, id)| id.clone()));
            let id = match known {
                Some(id) => id,
                None => upload_one(&file).await?.id,
            };
            let _ = self.uploaded.try_update_value(|all| all.push((name, id.clone())));
            ids.push(id);
        }
        Ok(ids)
    }

    /// The same words sent again go under the same key, so that a lost answer does nothing twice.
    fn key_for(self, what: &str) -> String {
        if let Some((known, key)) = self.key.get_value()
            && known == what
        {
            return key;
        }
        let key = api::idempotency_key();
        self.key.set_value(Some((what.to_owned(), key.clone())));
        key
    }

    async fn succeeded(self, act: String) {
        drafts::remove(&kept(self.no)).await;
        let _ = self.key.try_set_value(None);
        let _ = self.uploaded.try_set_value(Vec::new());
        let words = zh::case::done(&act);
        // The thanks and the letter as it stands now are shown together: who reads one and sees the other is puzzled.
        let now = api::letters::one(&self.no.try_get_untracked().unwrap_or_default()).await;
        let _ = self.doing.try_set(Doing {
            done: act,
            ..Doing::default()
        });
        match now {
            Ok(letter) => self.case.put(letter),
            Err(_) => self.case.reload(),
        }
        live::say(words);
        timers::next_frame(|| {
            empty_forms();
            window().scroll_to_with_x_and_y(0.0, 0.0);
            nav::focus_heading();
        });
    }

    fn refused(self, form: ActForm, error: &ApiError) {
        if error.is_unauthenticated() {
            // The page asks for the login in place; the words wait in the draft.
            self.case.reload();
            return;
        }
        if error.is_conflict() {
            self.case.reload();
            self.fail(
                form,
                Errors::whole(if error.code() == "conflict" {
                    zh::app::CASE_CHANGED.to_owned()
                } else {
                    words::whole(error)
                }),
            );
            return;
        }
        self.fail(form, words::errors(error));
    }

    fn fail(self, form: ActForm, errors: Errors) {
        let _ = self.doing.try_set(Doing {
            form,
            errors,
            done: String::new(),
        });
        focus_errors();
    }
}

/// What was sent is gone from the fields, and its form folded: a redraw keeps both, and nothing must be sent twice.
fn empty_forms() {
    let Ok(forms) = document().query_selector_all("form.act") else {
        return;
    };
    for form in (0..forms.length()).filter_map(|index| forms.item(index)) {
        let form = form.unchecked_into::<HtmlFormElement>();
        form.reset();
        // The list of what can be done is another one now: what was unfolded must not unfold its neighbour.
        if let Ok(Some(fold)) = form.closest("details") {
            let _ = fold.remove_attribute("open");
        }
    }
}

fn kept(no: Memo<String>) -> String {
    format!("act/{}", no.try_get_untracked().unwrap_or_default())
}

/// The pictures chosen in a form.
fn picked(form: &HtmlFormElement) -> Option<web_sys::FileList> {
    let input = form
        .query_selector("input[type=\"file\"]")
        .ok()??
        .dyn_into::<HtmlInputElement>()
        .ok()?;
    input.files().filter(|files| files.length() > 0)
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(DIALOG)?.dyn_into().ok()
}

/// Modal where the browser can; otherwise just shown.
fn open_dialog() {
    if let Some(dialog) = dialog()
        && dialog.show_modal().is_err()
    {
        let _ = dialog.set_attribute("open", "");
    }
}

fn close_dialog() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}
