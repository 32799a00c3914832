use crate::components::{back_link, empty, list, page_count, page_head, pager, tone_chip};
use crate::i18n::dates;
use crate::i18n::zh::{case, common, notices as words, settings};
use crate::markup::{Node, view};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NoticeRow, Page};
use liaison_domain::notify::{Recipient, Subject};

/// The number beside a link to an inbox; nothing for none.
pub fn badge(count: u32) -> Option<Node> {
    (count > 0).then(|| {
        view! {
            <span class="badge">{words::badge(count)}</span>
            <span class="sr">{words::COUNT_AFTER}</span>
        }
    })
}

/// Where an entry is read when it is about no letter.
pub fn meeting_path(row: &NoticeRow, to: Recipient) -> Option<String> {
    Some(Subject::parse(row.subject.as_deref()?)?.path(to))
}

/// One entry: what happened as the link to the letter or the meeting, when, about what. `own`: the reader wrote the letter.
pub fn notice_row(row: &NoticeRow, href: String, own: bool, now: Millis) -> AnyView {
    let unread = (!row.read).then(|| tone_chip("you", "#i-dot", words::UNREAD));
    // The entry itself is told by its chip.
    let others = row.unread_of_letter.saturating_sub(u32::from(!row.read));
    let no = (!row.no.is_empty()).then(|| view! { <span>{row.no.clone()}</span> });
    let others = (others > 0).then(|| view! { <span>{words::more_of_letter(others)}</span> });
    view! {
        <li class=if row.read { "row" } else { "row row--you" }>
            <a class="row__title" href=href rel=row.subject.is_some().then_some("external") id=["notice-", &row.id].concat()>
                {words::line(&row.kind, own)}
            </a>
            <p class="row__meta">
                {unread} <span>{row.title.clone()}</span> {no}
                <time datetime=dates::iso(row.at)>{dates::date_time(row.at, now)}</time> {others}
            </p>
        </li>
    }
    .into_any()
}

/// The way to what goes out besides: drawn by the server alone.
pub fn settings_link(href: &'static str) -> AnyView {
    view! { <a class="inbox-link" href=href rel="external">{settings::TITLE}</a> }.into_any()
}

/// A resident's inbox. Its form posts `do=read` to `/mine/notices`, with the moment of the page as `until`.
#[component]
pub fn NoticesView(data: Page<NoticeRow>, unread: u32, now: Millis) -> AnyView {
    let shown = data.items.len();
    let read_all = (unread > 0).then(|| {
        view! {
            <form class="who" method="post" action="/mine/notices">
                <input type="hidden" name="until" value=now.to_string() />
                <span>{words::unread(unread)}</span>
                <button class="link" type="submit" name="do" value="read">
                    {words::READ_ALL}
                </button>
            </form>
        }
    });
    let rows = if data.items.is_empty() {
        empty(words::NONE, Some(("/mine".into(), case::MINE)))
    } else {
        let row = |row: &NoticeRow| {
            let meeting = meeting_path(row, Recipient::Resident);
            notice_row(row, meeting.unwrap_or_else(|| format!("/mine/{}", row.no)), true, now)
        };
        list(data.items.iter().map(row).collect())
    };
    let next = data.next_cursor.map(|cursor| format!("/mine/notices?cursor={cursor}"));
    view! {
        {back_link("/mine".into(), case::MINE)}
        {page_head(words::TITLE.into(), words::LEAD)}
        <p>{settings_link("/mine/notifications")}</p>
        {read_all}
        {page_count(common::total(data.total, "条"))}
        {rows}
        {pager(next, shown, data.total.to_string())}
    }
    .into_any()
}
