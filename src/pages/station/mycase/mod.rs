//! One's own letter: following it and acting on it.

mod acts;
mod events;

pub(super) use events::AuthorEvent;

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_params_map;
use liaison_domain::dto::CaseView;

use super::login::Login;
use super::{failed, skeleton};
use crate::api;
use crate::state::{Load, Remote, Session, listen, react};
use acts::Acts;

/// `/mine/:no`
pub struct MyCase {
    case: Remote<CaseView>,
    no: Memo<String>,
}

impl LazyRoute for MyCase {
    fn data() -> Self {
        let parameters = use_params_map();
        let no = Memo::new(move |_| parameters.with(|parameters| parameters.get("no").unwrap_or_default()));
        Self {
            case: Remote::new(move || Some(api::letters::one_path(&no.get()))),
            no,
        }
    }

    async fn view(this: Self) -> AnyView {
        let Self { case, no } = this;
        let session = Session::here();
        let login = Login::new(move |_| case.reload());
        let acts = Acts::new(case, no);
        acts.listen();
        listen::on_click("a[data-retry]", move |_| case.reload());
        react::view(move || match case.get() {
            Load::Waiting => skeleton(),
            Load::Failed(error) if error.is_unauthenticated() => {
                session.clear();
                login.view(&format!("/mine/{}", no.get_untracked()))
            }
            Load::Failed(error) => failed(&error),
            Load::Ready(data) => acts.view(data),
        })
    }
}
