//! Rating an answer.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_params_map;
use liaison_domain::dto::{FieldError, SurveyResult, SurveyView};
use liaison_domain::lifecycle::{Rating, Solved};
use wasm_bindgen::JsCast;

use super::phone::field_error;
use super::{failed, focus_errors, skeleton, title_of, words};
use crate::api;
use crate::components::Errors;
use crate::i18n::zh;
use crate::pages::forms::{self, Sent};
use crate::state::{Load, Remote, drafts, listen, nav, react, timers};
use crate::views::form::RatingForm;
use crate::views::{RateDoneView, RateView};

/// `/rate/:token`
pub struct Rate {
    survey: Remote<SurveyView>,
    token: Memo<String>,
}

impl LazyRoute for Rate {
    fn data() -> Self {
        let parameters = use_params_map();
        let token = Memo::new(move |_| parameters.with(|parameters| parameters.get("token").unwrap_or_default()));
        Self {
            survey: Remote::new(move || Some(api::surveys::path(&token.get()))),
            token,
        }
    }

    async fn view(this: Self) -> AnyView {
        let Self { survey, token } = this;
        let form = RwSignal::new((RatingForm::default(), Errors::default()));
        let result: RwSignal<Option<SurveyResult>> = RwSignal::new(None);
        let busy = StoredValue::new(false);
        // Words of an earlier visit that were not sent.
        react::spawn(async move {
            if let Some(text) = drafts::load::<String>(&kept(token)).await {
                let _ = form.try_update(|(form, _)| form.text = text);
            }
        });
        listen::on_document("input", move |event| {
            if let Some((name, text)) = forms::changed(&event)
                && name == "text"
            {
                form.update_untracked(|(form, _)| form.text.clone_from(&text));
                react::spawn(async move {
                    drafts::save(&kept(token), &text).await;
                });
            }
        });
        listen::on_click("a[data-retry]", move |_| survey.reload());
        listen::on_document("submit", move |event| {
            let Some(sent) = forms::take(event.unchecked_ref::<SubmitEvent>()) else {
                return;
            };
            let typed = read(&sent);
            let (rating, wrong) = rating_of(&typed);
            form.set((typed.clone(), Errors::of(wrong.clone())));
            if !wrong.is_empty() {
                focus_errors();
                return;
            }
            if busy.get_value() {
                return;
            }
            busy.set_value(true);
            let token_now = token.get_untracked();
            react::spawn(async move {
                let outcome = api::surveys::rate(&token_now, &rating).await;
                let _ = busy.try_set_value(false);
                match outcome {
                    Ok(done) => {
                        drafts::remove(&kept(token)).await;
                        let _ = result.try_set(Some(done));
                        timers::next_frame(|| {
                            window().scroll_to_with_x_and_y(0.0, 0.0);
                            nav::focus_heading();
                        });
                    }
                    Err(error) => {
                        let _ = form.try_set((typed, words::errors(&error)));
                        focus_errors();
                    }
                }
            });
        });
        react::view(move || {
            if let Some(result) = result.get() {
                nav::arrived(&title_of(zh::rate::THANKS));
                return view! { <RateDoneView result=result now=timers::now() /> }.into_any();
            }
            match survey.get() {
                Load::Waiting => skeleton(),
                Load::Failed(error) => failed(&error),
                Load::Ready(data) => {
                    let (typed, errors) = form.get();
                    let prefix = if errors.is_empty() {
                        ""
                    } else {
                        zh::common::ERROR_PREFIX
                    };
                    nav::arrived(&title_of(&format!("{prefix}{}", zh::rate::TITLE)));
                    view! { <RateView data=data token=token.get_untracked() form=typed errors=errors now=timers::now() /> }
                        .into_any()
                }
            }
        })
    }
}

fn kept(token: Memo<String>) -> String {
    format!("rate/{}", token.try_get_untracked().unwrap_or_default())
}

fn read(sent: &Sent) -> RatingForm {
    let level = |name: &str| sent.get(name).parse().unwrap_or(0);
    RatingForm {
        attitude: level("attitude"),
        process: level("process"),
        result: level("result"),
        solved: sent.get("solved").to_owned(),
        reasons: sent.all("reasons"),
        text: sent.get("text").to_owned(),
    }
}

/// The rating, and what is missing in it.
fn rating_of(form: &RatingForm) -> (Rating, Vec<FieldError>) {
    let solved = Solved::from_code(&form.solved);
    let missing = [
        ("attitude", form.attitude == 0),
        ("process", form.process == 0),
        ("result", form.result == 0),
        ("solved", solved.is_none()),
    ];
    let wrong = missing
        .into_iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| field_error(name, "required"))
        .collect();
    let rating = Rating {
        attitude: form.attitude,
        process: form.process,
        result: form.result,
        solved: solved.unwrap_or(Solved::NotNeeded),
        reasons: form.reasons.clone(),
        text: form.text.trim().to_owned(),
    };
    (rating, wrong)
}
