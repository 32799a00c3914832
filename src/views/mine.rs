use super::notices::{badge, settings_link};
use crate::components::{empty, icon, list, mine_row, page_count, page_head, pager, restricted_notice};
use crate::i18n::zh::{case as words, common, home, notices};
use crate::markup::{IntoNode, live, view};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Me, MyCaseRow, Page};

/// The API's address of the list, from a cursor on.
pub fn mine_api_path(cursor: Option<&String>) -> String {
    super::deputies::href("/me/messages", &[("cursor", &cursor.cloned())])
}

/// A resident's own letters. The form logs out: posts `do=logout` to `/mine`.
#[component]
pub fn MineView(
    data: Page<MyCaseRow>,
    me: Me,
    now: Millis,
    /// Unread entries of the inbox.
    #[prop(into)]
    unread: Signal<u32>,
) -> AnyView {
    let shown = data.items.len();
    let inbox = live(move || badge(unread.get()).node());
    let rows = if data.items.is_empty() {
        empty(words::MINE_NONE, Some(("/write".into(), home::WRITE)))
    } else {
        let mut rows: Vec<_> = data.items.iter().collect();
        // What waits for the resident comes first; the rest keeps the server's order.
        rows.sort_by_key(|row| !row.needs_you);
        list(rows.into_iter().map(|row| mine_row(row, now)).collect())
    };
    let next = data.next_cursor.map(|cursor| format!("/mine?cursor={cursor}"));
    view! {
        {page_head(words::MINE.into(), "")}
        {restricted_notice(me.restricted)}
        <form class="who" method="post" action="/mine">
            <span>{me.phone_masked.unwrap_or(me.name)}</span>
            <button class="link" type="submit" name="do" value="logout">
                {words::MINE_LOGOUT}
            </button>
        </form>
        <p>
            <a class="inbox-link" href="/mine/notices" rel="external">
                {icon("#i-bell")}
                {notices::TITLE}
                {inbox}
            </a>
            {settings_link("/mine/notifications")}
            <a class="inbox-link" href="/mine/bookings" rel="external">{words::MINE_BOOKINGS}</a>
            <a class="inbox-link" href="/mine/privacy" rel="external">{words::MINE_PRIVACY}</a>
            <a class="inbox-link" href="/mine/events" rel="external">{words::MINE_EVENTS}</a>
        </p>
        {page_count(common::total(data.total, "件"))}
        {rows}
        {pager(next, shown, data.total.to_string())}
    }
    .into_any()
}
