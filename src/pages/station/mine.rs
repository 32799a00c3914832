//! One's own letters.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::{LazyRoute, NavigateOptions};
use liaison_domain::dto::{Me, MyCaseRow, Page};
use liaison_domain::lifecycle::Role;
use wasm_bindgen::JsCast;

use super::frame::unread;
use super::left::Left;
use super::login::Login;
use super::write::Shelf;
use super::{failed, more, skeleton, title_of};
use crate::api::{self, ApiError};
use crate::i18n::zh;
use crate::pages::forms;
use crate::state::session::Who;
use crate::state::{Load, Remote, Session, listen, live, nav, react, timers};
use crate::views::MineView;

/// `/mine`
pub struct Mine {
    session: Session,
    list: Remote<Page<MyCaseRow>>,
    /// Why the server could not say who it is.
    trouble: RwSignal<Option<ApiError>>,
}

fn resident(session: Session) -> Option<Me> {
    session.me().filter(|me| me.role == Role::Resident)
}

impl LazyRoute for Mine {
    fn data() -> Self {
        let session = Session::here();
        let trouble = RwSignal::new(None);
        react::spawn(async move {
            if let Err(error) = session.load().await {
                let _ = trouble.try_set(Some(error));
            }
        });
        let list = Remote::new(move || resident(session).map(|_| api::me::messages_path(None)));
        Self { session, list, trouble }
    }

    async fn view(this: Self) -> AnyView {
        let Self { session, list, trouble } = this;
        let navigate = use_navigate();
        let shelf = Shelf::new(use_navigate());
        let left = Left::new(shelf);
        let query = use_query_map();
        let login = Login::new(move |_| {
            // Only places of this site: the address is anybody's to write.
            let back = query
                .with_untracked(|query| query.get("back"))
                .filter(|back| back.starts_with('/') && !back.starts_with("//"));
            if let Some(back) = back {
                navigate(
                    &back,
                    NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    },
                );
            }
        });
        more(
            list,
            || api::me::messages_path(None),
            |href| href.replacen("/mine", "/me/messages", 1),
            |all, following| {
                all.items.extend(following.items);
                all.next_cursor = following.next_cursor;
            },
        );
        listen::on_click("a[data-retry]", move |_| {
            trouble.set(None);
            list.reload();
            react::spawn(async move {
                if let Err(error) = session.load().await {
                    let _ = trouble.try_set(Some(error));
                }
            });
        });
        listen::on_document("submit", move |event| {
            let event: &SubmitEvent = event.unchecked_ref();
            if forms::wish_of(event).as_deref() == Some("logout") && forms::take(event).is_some() {
                react::spawn(async move {
                    match session.logout().await {
                        Ok(()) => {
                            nav::renew();
                            live::say(zh::app::LOGGED_OUT);
                            left.say().await;
                        }
                        Err(error) => live::show(&super::words::whole(&error)),
                    }
                });
            }
        });
        let page = react::view(move || {
            if let Some(error) = trouble.get() {
                return failed(&error);
            }
            match session.who() {
                Who::Unknown => skeleton(),
                Who::Somebody(me) if me.role == Role::Resident => listed(list, *me, session, login),
                Who::Nobody | Who::Somebody(_) => login.view(""),
            }
        });
        view! { {left.view()} {shelf.pointer()} {page} {shelf.view()} }.into_any()
    }
}

fn listed(list: Remote<Page<MyCaseRow>>, me: Me, session: Session, login: Login) -> AnyView {
    react::view(move || match list.get() {
        Load::Waiting => skeleton(),
        Load::Ready(data) => {
            nav::arrived(&title_of(zh::case::MINE));
            view! { <MineView data=data me=me.clone() now=timers::now() unread=unread() /> }.into_any()
        }
        Load::Failed(error) if error.is_unauthenticated() => {
            session.clear();
            login.view("")
        }
        Load::Failed(error) => failed(&error),
    })
}
