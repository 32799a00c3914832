//! Pictures that go with words: sent as they are chosen, so that the form itself stays quick.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::fields::Ties;
use crate::api::ApiError;
use crate::components::icon;
use crate::i18n::desk::forms as words;
use crate::i18n::zh;
use crate::markup::view;
use crate::pages::station::upload_one;
use crate::state::{live, nav, timers};
use crate::views::form::PhotoItem;

/// Pictures of one event at most; the server's own limit for a letter.
const MOST: usize = 9;

/// The chooser and what was chosen.
pub fn pictures(name: &'static str, id: &str, ties: Ties) -> AnyView {
    let said = RwSignal::new(String::new());
    let choose = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let Some(files) = input.files() else { return };
        said.set(String::new());
        for file in (0..files.length()).filter_map(|at| files.get(at)) {
            let room = ties.values.with_untracked(|values| values.many(name).len()) + ties.waiting.get_untracked();
            if room >= MOST {
                said.set(words::pictures_most(MOST));
                break;
            }
            send(name, ties, said, file);
        }
        // The same picture can be chosen again after it was removed.
        input.set_value("");
    };
    let label_id = [id, "-face"].concat();
    let input_id = id.to_owned();
    let list = move || {
        let all = ties.values.with(|values| values.many(name));
        let rows = all
            .iter()
            .enumerate()
            .map(|(at, carried)| row(name, ties, at + 1, carried))
            .collect_view();
        (!all.is_empty()).then(|| view! { <ul class="attach">{rows}</ul> }.into_any())
    };
    let state = move || {
        let waiting = ties.waiting.get();
        if waiting > 0 {
            words::pictures_waiting(waiting)
        } else {
            said.get()
        }
    };
    view! {
        <div class="pick">
            <input class="pick__input" type="file" accept="image/*" multiple=true id=input_id aria-labelledby=label_id.clone()
                on:change=choose/>
            <span class="pick__face" id=label_id>{icon("#i-photo")} {words::PICTURES_CHOOSE}</span>
        </div>
        <p class="attach__state" role="status">{state}</p>
        {list}
    }
    .into_any()
}

fn send(name: &'static str, ties: Ties, said: RwSignal<String>, file: File) {
    ties.waiting.update(|waiting| *waiting += 1);
    spawn_local(async move {
        let outcome = upload_one(&file).await;
        // The form may be gone; then nothing waits for the picture.
        if ties
            .waiting
            .try_update(|waiting| *waiting = waiting.saturating_sub(1))
            .is_none()
        {
            return;
        }
        match outcome {
            Ok(upload) => {
                let mut all = ties.values.with_untracked(|values| values.many(name));
                all.push([&upload.id, ".", &upload.token].concat());
                ties.put.run((name, all.join(",")));
            }
            Err(error) => {
                let text = zh::errors::photo(code_of(&error), 0);
                live::say(&text);
                said.set(text);
            }
        }
    });
}

fn code_of(error: &ApiError) -> &'static str {
    match error.status() {
        Some(413) => "too_big",
        Some(415 | 422) => "invalid",
        _ => "",
    }
}

fn row(name: &'static str, ties: Ties, number: usize, carried: &str) -> AnyView {
    let alt = zh::common::picture(number);
    // Without its secret a picture that belongs to no letter yet cannot be shown, only sent along.
    let thumb = match PhotoItem::from_carried(carried) {
        Some(item) => {
            view! { <img class="attach__thumb" src=item.thumb alt=alt.clone() width="72" height="72"/> }.into_any()
        }
        None => view! { <span class="attach__thumb">{icon("#i-photo")} <span class="sr">{alt.clone()}</span></span> }
            .into_any(),
    };
    let own = carried.to_owned();
    let remove = move |_| {
        let mut all = ties.values.with_untracked(|values| values.many(name));
        all.retain(|one| *one != own);
        ties.put.run((name, all.join(",")));
        let back = ["#f-", name].concat();
        timers::next_frame(move || nav::focus(&back));
    };
    view! {
        <li class="attach__one">
            {thumb}
            <button type="button" class="link-button" on:click=remove>
                {words::PICTURE_REMOVE} <span class="sr">{alt}</span>
            </button>
        </li>
    }
    .into_any()
}
