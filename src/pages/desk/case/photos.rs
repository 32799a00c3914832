//! A picture of the letter, large, one after the other.

use leptos::prelude::*;
use liaison_domain::dto::DeskCase;

use super::super::dialog;
use crate::i18n::desk as words;
use crate::i18n::zh;
use crate::markup::view;
use crate::state::Remote;

/// Which picture is being looked at.
#[derive(Clone, Copy)]
pub struct Photos {
    open: RwSignal<bool>,
    at: RwSignal<usize>,
}

impl Photos {
    /// None yet.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            at: RwSignal::new(0),
        }
    }

    /// Opens the picture with that number.
    pub fn look(self) -> Callback<usize> {
        Callback::new(move |at| {
            self.at.set(at);
            self.open.set(true);
        })
    }

    /// The dialog.
    pub fn dialog(self, case: Remote<DeskCase>) -> AnyView {
        dialog::dialog(words::LETTER_PHOTOS, self.open, move || {
            let Some(case) = case.ready() else { return ().into_any() };
            let count = case.pictures.len();
            let at = self.at.get().min(count.saturating_sub(1));
            let Some(picture) = case.pictures.get(at).cloned() else {
                return ().into_any();
            };
            let alt = if picture.alt.is_empty() {
                zh::common::picture(at + 1)
            } else {
                picture.alt
            };
            let turn = move |by: usize| self.at.update(|now| *now = (*now + by) % count.max(1));
            let buttons = (count > 1).then(|| {
                view! {
                    <div class="lightbox__buttons">
                        <button type="button" class="button button--second" on:click=move |_| turn(count - 1)>
                            {words::PHOTO_PREVIOUS}
                        </button>
                        <span role="status">{words::of_count(at + 1, count)}</span>
                        <button type="button" class="button button--second" on:click=move |_| turn(1)>
                            {words::PHOTO_NEXT}
                        </button>
                    </div>
                }
                .into_any()
            });
            view! {
                <figure class="lightbox">
                    <img class="lightbox__img" src=picture.url alt=alt.clone() width=picture.width.to_string()
                        height=picture.height.to_string()/>
                    <figcaption>{alt}</figcaption>
                </figure>
                {buttons}
            }
            .into_any()
        })
    }
}
