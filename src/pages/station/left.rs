//! Logged out: letters that are not finished still lie on this device, and whoever uses it next could read them.

use leptos::prelude::*;

use super::config;
use super::write::{Shelf, shelf};
use crate::i18n::zh;
use crate::state::{listen, live, react};
use crate::views::left_behind;

/// What is left. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Left {
    count: RwSignal<usize>,
}

impl Left {
    /// Listens to the notice's buttons.
    pub fn new(list: Shelf) -> Self {
        let left = Self {
            count: RwSignal::new(0),
        };
        listen::on_click("[data-do^='left-']", move |button| {
            let drop = button.get_attribute("data-do").as_deref() == Some("left-drop");
            react::spawn(async move {
                if drop {
                    for (id, stored) in left.unfinished().await {
                        shelf::throw_away(&id, &stored).await;
                    }
                    list.look().await;
                    live::show(zh::drafts::LEFT_GONE);
                }
                let _ = left.count.try_set(0);
            });
        });
        left
    }

    /// Those that nobody told to go: what waits for the network is not thrown away with them.
    async fn unfinished(self) -> Vec<(String, super::write::stored::Stored)> {
        let mut all = shelf::all(config().limits.draft_days).await;
        all.retain(|(_, stored)| stored.out.is_none());
        all
    }

    /// Somebody has just logged out.
    pub async fn say(self) {
        let count = self.unfinished().await.len();
        let _ = self.count.try_set(count);
    }

    /// What is said above the login.
    pub fn view(self) -> AnyView {
        react::view(move || left_behind(self.count.get()))
    }
}
