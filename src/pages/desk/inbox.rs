//! The inbox of whoever works at the desk: what happened, newest first, each entry leading to its letter.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use liaison_domain::Millis;
use liaison_domain::dto::{NoticeRow, Page};
use liaison_domain::notify::Recipient;

use super::here::{Desk, End, failure};
use super::login;
use crate::api;
use crate::components::{ListSkeleton, PageSkeleton, list, notice};
use crate::i18n::{desk as words, zh::notices};
use crate::markup::view;
use crate::state::session::Who;
use crate::state::{Load, Remote, Session, live, nav, timers};
use crate::views::{meeting_path, notice_row, settings_link};

/// Who is here, as far as it decides the page.
#[derive(Clone, PartialEq)]
enum Here {
    Asking,
    Nobody,
    NotStaff,
    /// Their end, and the account: another person's inbox is drawn anew.
    Staff(End, String),
}

/// The page, or the login in front of it.
pub fn page(desk: Desk) -> AnyView {
    let failed = RwSignal::new(String::new());
    let ask = move || {
        failed.set(String::new());
        if !Session::was_here() {
            desk.session.clear();
            return;
        }
        spawn_local(async move {
            if let Err(error) = desk.session.load().await {
                let _ = failed.try_set(failure(&error));
            }
        });
    };
    ask();
    let here = Memo::new(move |_| match desk.session.who() {
        Who::Unknown => Here::Asking,
        Who::Nobody => Here::Nobody,
        Who::Somebody(me) => End::of(me.role).map_or(Here::NotStaff, |end| Here::Staff(end, me.account_id)),
    });
    (move || match here.get() {
        Here::Asking if failed.get().is_empty() => view! { <PageSkeleton/> }.into_any(),
        Here::Asking => {
            nav::arrived(notices::TITLE);
            view! {
                <div class="login">
                    <h1 tabindex="-1">{notices::TITLE}</h1>
                    {notice("warn", failed.get())}
                    <button type="button" class="button" on:click=move |_| ask()>{words::RETRY}</button>
                </div>
            }
            .into_any()
        }
        Here::Nobody => login::login_page(desk),
        Here::NotStaff => login::not_staff(desk),
        Here::Staff(end, _) => inbox(desk, end),
    })
    .into_any()
}

fn inbox(desk: Desk, end: End) -> AnyView {
    let query = use_query_map();
    let unread = Memo::new(move |_| query.with(|query| query.get("unread").is_some()));
    let data: Remote<Page<NoticeRow>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::me::notices_path(unread.get(), None))
    });
    Effect::new(move |_| match data.get() {
        Load::Waiting => {}
        Load::Failed(error) => {
            let _ = desk.failed(&error);
            nav::arrived(&title(desk));
        }
        Load::Ready(_) => nav::arrived(&title(desk)),
    });
    // News while the page is open: the list looks again. What 「显示更多」 brought is then a click away again.
    Effect::new(move |before: Option<u32>| {
        let news = desk.notices.news.get();
        if before.is_some_and(|before| before != news) {
            data.reload();
        }
        news
    });
    // Only what differs is drawn anew.
    let seen = Memo::new(move |_| data.get());
    let rows = move || match seen.get() {
        Load::Waiting => view! { <ListSkeleton/> }.into_any(),
        Load::Failed(error) => view! {
            {notice("warn", failure(&error))}
            <button type="button" class="button button--second" on:click=move |_| data.reload()>{words::RETRY}</button>
        }
        .into_any(),
        Load::Ready(page) => rows_view(desk, end, data, unread, &page),
    };
    view! {
        <div class="inbox">
            <div class="inbox__head">
                <h1 tabindex="-1">{notices::TITLE}</h1>
                <p class="inbox__count" role="status">{move || notices::unread(desk.notices.unread.get())}</p>
                {settings_link("/desk/notifications")}
            </div>
            <nav class="inbox__which" aria-label=notices::SHOW>
                {which("/desk/inbox", notices::ALL, Signal::derive(move || !unread.get()))}
                {which("/desk/inbox?unread=1", notices::UNREAD, unread.into())}
                {read_all(desk)}
            </nav>
            <div aria-busy=move || data.busy().to_string()>{rows}</div>
        </div>
    }
    .into_any()
}

fn title(desk: Desk) -> String {
    let name = desk.config.now().map(|config| config.name).unwrap_or_default();
    [notices::TITLE, " · ", &name].concat()
}

fn which(href: &'static str, name: &'static str, current: Signal<bool>) -> AnyView {
    view! { <a class="inbox__tab" href=href aria-current=move || current.get().then_some("page")>{name}</a> }.into_any()
}

/// Marks read what is there now, by the time of the server's newest entry; what comes meanwhile stays unread.
fn read_all(desk: Desk) -> AnyView {
    let busy = RwSignal::new(false);
    let read = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = read_newest().await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(count) => {
                    desk.notices.put(&count);
                    live::say(&notices::unread(count.unread));
                    // The button is gone with the last unread entry.
                    timers::next_frame(nav::focus_heading);
                }
                Err(error) => live::show(&desk.failed(&error)),
            }
        });
    };
    (move || {
        (desk.notices.unread.get() > 0).then(|| {
            view! {
                <button type="button" class="link-button" on:click=read aria-disabled=move || busy.get().to_string()>
                    {notices::READ_ALL}
                </button>
            }
            .into_any()
        })
    })
    .into_any()
}

async fn read_newest() -> Result<liaison_domain::dto::NoticeCount, api::ApiError> {
    let newest: Page<NoticeRow> = api::get(&api::me::notices_path(false, None)).await?;
    let until: Millis = newest.items.first().map_or(0, |row| row.at);
    api::me::read_until(until).await
}

fn rows_view(
    desk: Desk,
    end: End,
    data: Remote<Page<NoticeRow>>,
    unread: Memo<bool>,
    page: &Page<NoticeRow>,
) -> AnyView {
    if page.items.is_empty() {
        let text = if unread.get_untracked() {
            notices::NONE_UNREAD
        } else {
            words::INBOX_EMPTY
        };
        return view! { <p class="lane__empty">{text}</p> }.into_any();
    }
    let now = timers::now();
    let row = |row: &NoticeRow| {
        let letter = || [end.path(), &api::query(&[("case", Some(row.letter_id.as_str()))])].concat();
        // Pages of meetings are the same for everybody at the desk.
        let href = meeting_path(row, Recipient::Office).unwrap_or_else(letter);
        notice_row(row, href, false, now)
    };
    let rows = page.items.iter().map(row).collect();
    let last = page.items.last().map(|row| row.id.clone()).unwrap_or_default();
    let cursor = page.next_cursor.clone();
    let more = cursor.map(|cursor| {
        let load = move |_| {
            let last = last.clone();
            data.more(
                api::me::notices_path(unread.get_untracked(), None),
                api::me::notices_path(unread.get_untracked(), Some(&cursor)),
                |all, following| {
                    all.items.extend(following.items);
                    all.next_cursor = following.next_cursor;
                },
                move |error| match error {
                    // Reading goes on after what was the last entry.
                    None => timers::next_frame(move || {
                        nav::focus(&["li:has(> [id=\"notice-", &last, "\"]) + li a"].concat());
                    }),
                    Some(error) => live::show(&desk.failed(&error)),
                },
            );
        };
        view! {
            <button type="button" class="button button--second lane__more" on:click=load>
                {move || if data.busy() { words::LOADING } else { words::MORE }}
            </button>
        }
        .into_any()
    });
    view! { {list(rows)} {more} }.into_any()
}
