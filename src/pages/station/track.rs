//! Looking a letter up by number and query code.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use leptos_router::{LazyRoute, NavigateOptions};
use liaison_domain::dto::FieldError;
use wasm_bindgen::JsCast;

use super::phone::field_error;
use super::{focus_errors, title_of, words};
use crate::api::{self, ApiError};
use crate::components::Errors;
use crate::i18n::zh;
use crate::pages::forms;
use crate::state::{listen, nav, react};
use crate::views::TrackView;

/// `/track`
pub struct Track;

/// What is typed and what is wrong with it.
#[derive(Clone, Default)]
struct Typed {
    no: String,
    code: String,
    errors: Errors,
}

impl LazyRoute for Track {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        let typed = RwSignal::new(Typed::default());
        let busy = StoredValue::new(false);
        let navigate = use_navigate();
        listen::on_document("submit", move |event| {
            let Some(sent) = forms::take(event.unchecked_ref::<SubmitEvent>()) else {
                return;
            };
            let (no, code) = (sent.get("no").trim().to_owned(), sent.get("code").trim().to_owned());
            let missing: Vec<FieldError> = [("no", &no), ("query_code", &code)]
                .into_iter()
                .filter(|(_, value)| value.is_empty())
                .map(|(name, _)| field_error(name, "required"))
                .collect();
            if !missing.is_empty() {
                typed.set(Typed {
                    no,
                    code,
                    errors: Errors::of(missing),
                });
                focus_errors();
                return;
            }
            if busy.get_value() {
                return;
            }
            busy.set_value(true);
            let navigate = navigate.clone();
            react::spawn(async move {
                let found = api::letters::track(no.clone(), code.clone()).await;
                let _ = busy.try_set_value(false);
                match found {
                    Ok(case) => {
                        let address = format!("/mine/{}", case.no);
                        api::hand_over(&api::letters::one_path(&case.no), case);
                        navigate(&address, NavigateOptions::default());
                    }
                    Err(error) => {
                        let _ = typed.try_set(Typed {
                            no,
                            code,
                            errors: wrong(&error),
                        });
                        focus_errors();
                    }
                }
            });
        });
        react::view(move || {
            let Typed { no, code, errors } = typed.get();
            let prefix = if errors.is_empty() {
                ""
            } else {
                zh::common::ERROR_PREFIX
            };
            nav::arrived(&title_of(&format!("{prefix}{}", zh::write::TRACK)));
            view! { <TrackView no=no code=code errors=errors /> }.into_any()
        })
    }
}

/// The server does not say which of the two was wrong, so that nobody can try numbers.
fn wrong(error: &ApiError) -> Errors {
    if error.is_not_found() {
        return Errors::of(vec![field_error("no", "unknown")]);
    }
    let mut errors = words::errors(error);
    for field in &mut errors.fields {
        if field.field == "code" {
            "query_code".clone_into(&mut field.field);
        }
    }
    errors
}
