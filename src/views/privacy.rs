//! What is kept about somebody: the overview with what can be done, and everything at length. Drawn by the server alone.

use super::number::NUMBER;
use crate::components::{
    Audience, CheckRow, Errors, TextField, back_link, error_line, error_summary_in, list, media_list, notice,
    page_head, paragraphs, pictures, timeline_list,
};
use crate::i18n::dates;
use crate::i18n::zh::privacy as words;
use crate::i18n::zh::{bookings, case, errors, meetings, number, restrictions, rules, wechat};
use crate::markup::view;
use crate::views::elsewhere::{Missing, elsewhere};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{
    AccountChange, BoundPlatform, ContactLook, FieldError, LetterConsent, MyData, OpenSession, OwnAccount,
    PrivacyOverview,
};

/// The page's address; the full text and the files lie below it.
pub const PRIVACY: &str = "/mine/privacy";

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivacyForm {
    /// What one wants to be called.
    pub name: String,
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

fn name_of(account: &OwnAccount) -> String {
    if account.name.is_empty() {
        words::NO_NAME.to_owned()
    } else {
        account.name.clone()
    }
}

fn kept(data: &PrivacyOverview, now: Millis) -> AnyView {
    let account = &data.account;
    view! {
        <section aria-labelledby="kept">
            <h2 id="kept">{words::KEPT}</h2>
            <dl class="facts">
                {fact(words::NAME, name_of(account))}
                {fact(words::PHONE, account.phone_masked.clone().unwrap_or_default())}
                {fact(words::LETTERS, words::letters(data.letters, data.open_letters))}
                {fact(words::APPOINTMENTS, words::times(data.appointments))}
                {fact(words::EVENTS, words::times(data.events))}
                {fact(words::SINCE, dates::date_time(account.since, now))}
            </dl>
            <p>{words::PHONE_HINT}</p>
            <p class="links">
                <a class="link" href=NUMBER>{number::LINK}</a>
            </p>
            <p class="links">
                <a class="link" href=rules::PATH>{words::RULES}</a>
            </p>
        </section>
    }
    .into_any()
}

fn look_rows(looks: &[ContactLook], now: Millis) -> AnyView {
    if looks.is_empty() {
        return view! { <p>{words::LOOKS_NONE}</p> }.into_any();
    }
    let rows = looks.iter().map(|look| {
        view! {
            <li class="row">
                <p>{words::look(look, now)}</p>
                <p class="row__meta"><span>{words::reason(&look.reason)}</span></p>
            </li>
        }
        .into_any()
    });
    list(rows.collect())
}

fn change_rows(changes: &[AccountChange], now: Millis) -> AnyView {
    if changes.is_empty() {
        return view! { <p>{words::CHANGES_NONE}</p> }.into_any();
    }
    let rows = changes.iter().map(|change| {
        let by = words::changed_by(change);
        view! {
            <li class="row">
                <p>{words::change(change, now)}</p>
                <p class="row__meta"><span>{by}</span></p>
            </li>
        }
        .into_any()
    });
    list(rows.collect())
}

fn session_row(session: &OpenSession, now: Millis) -> AnyView {
    let end = if session.is_this {
        view! { <span>{words::THIS}</span> }.into_any()
    } else {
        let what = ["end:", &session.id].concat();
        let label = [words::END, "：", &words::device(&session.host, &session.system)].concat();
        view! {
            <button class="link" type="submit" name="do" value=what aria-label=label>
                {words::END}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="row">
            <p>{words::device(&session.host, &session.system)}</p>
            <p class="row__meta"><span>{words::used(session.seen_at, now)}</span> {end}</p>
        </li>
    }
    .into_any()
}

fn sessions(all: &[OpenSession], now: Millis) -> AnyView {
    let others = all.iter().any(|session| !session.is_this).then(|| {
        view! {
            <p class="buttons">
                <button class="button button--second" type="submit" name="do" value="end-others">
                    {words::END_OTHERS}
                </button>
            </p>
        }
    });
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{words::SESSIONS}</h2>
            <p>{words::SESSIONS_HINT}</p>
            <p>{words::KEPT_HERE}</p>
            <form method="post" action=PRIVACY>
                {list(all.iter().map(|session| session_row(session, now)).collect())} {others}
            </form>
        </section>
    }
    .into_any()
}

/// One thing that was agreed to, with the button that turns it round.
fn consent(letter: &LetterConsent, (what, yes, no): (&str, &'static str, &'static str), given: bool) -> AnyView {
    let (wish, label) = if given {
        ("off", words::CONSENT_TAKE_BACK)
    } else {
        ("on", words::CONSENT_GIVE)
    };
    let value = format!("{what}-{wish}:{}", letter.no);
    let said = if given { yes } else { no };
    let spoken = format!("{label}：{said}，{}", letter.title);
    view! {
        <span>{said}</span>
        <button class="link" type="submit" name="do" value=value aria-label=spoken>
            {label}
        </button>
    }
    .into_any()
}

fn consents(all: &[LetterConsent]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{words::CONSENTS_NONE}</p> }.into_any();
    }
    let rows = all
        .iter()
        .map(|letter| {
            let publish = letter
                .can_change
                .then(|| consent(letter, ("publish", words::PUBLISH_YES, words::PUBLISH_NO), letter.publish));
            view! {
                <li class="row">
                    <a class="row__title" href=format!("/mine/{}", letter.no)>
                        {letter.title.clone()}
                    </a>
                    <p class="row__meta">{publish}</p>
                    <p class="row__meta">{consent(letter, ("call", words::CALL_YES, words::CALL_NO), letter.may_call)}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <form method="post" action=PRIVACY>
            {list(rows)}
        </form>
    }
    .into_any()
}

/// By which platforms one logs in. Binding is offered where the page says so.
fn platforms(all: &[BoundPlatform], now: Millis) -> AnyView {
    if all.is_empty() {
        return view! {
            <section class="login-wechat" hidden=true aria-labelledby="platforms">
                <h2 id="platforms">{wechat::BOUND}</h2>
                <p>{wechat::BOUND_NONE}</p>
                <p class="buttons">
                    <a class="button button--second" href="/auth/wechat?back=/mine/privacy">
                        {wechat::BIND}
                    </a>
                </p>
            </section>
        }
        .into_any();
    }
    let rows = all.iter().map(|one| {
        view! {
            <li class="row">
                <p>{wechat::bound(one.bound_at, one.used_at, now)}</p>
            </li>
        }
        .into_any()
    });
    view! {
        <section aria-labelledby="platforms">
            <h2 id="platforms">{wechat::BOUND}</h2>
            {list(rows.collect())}
            <form class="buttons" method="post" action=PRIVACY>
                <button class="button button--second" type="submit" name="do" value="unbind">
                    {wechat::UNBIND}
                </button>
            </form>
        </section>
    }
    .into_any()
}

fn export() -> AnyView {
    view! {
        <section aria-labelledby="export">
            <h2 id="export">{words::EXPORT}</h2>
            <p>{words::EXPORT_HINT}</p>
            {elsewhere(Missing::Download)}
            <p class="buttons">
                <a class="button button--second" href="/mine/privacy/data">
                    {words::EXPORT_SEE}
                </a>
                <a class="button button--second" href="/mine/privacy/data.zip" download="">
                    {words::EXPORT_ZIP}
                </a>
            </p>
            <p class="count">{words::EXPORT_ZIP_HINT}</p>
            <p class="buttons">
                <a class="button button--second" href="/mine/privacy/data.html" download="">
                    {words::EXPORT_HTML}
                </a>
                <a class="button button--second" href="/mine/privacy/data.json" download="">
                    {words::EXPORT_JSON}
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// What is wrong, in words that fit here.
fn wrong(error: &FieldError) -> String {
    match error.field.as_str() {
        "sure" => words::CLOSE_UNCHECKED.to_owned(),
        _ => errors::field(error),
    }
}

fn close(errors: &Errors) -> AnyView {
    let unchecked = errors.words("sure").map(|_| words::CLOSE_UNCHECKED.to_owned());
    view! {
        <section aria-labelledby="close">
            <h2 id="close">{words::CLOSE}</h2>
            <p>{words::CLOSE_WHAT}</p>
            <ul class="bullets">
                <li>{words::CLOSE_GOES}</li>
                <li>{words::CLOSE_PLACES}</li>
                <li>{words::CLOSE_STAYS}</li>
                <li>{words::CLOSE_BACK}</li>
            </ul>
            <form class="form" method="post" action=PRIVACY novalidate=true>
                {error_line("sure", unchecked.as_ref())}
                <div class="choices__cards">
                    <CheckRow name="sure" id="sure".to_owned() value="yes".to_owned() words=words::CLOSE_CHECK.to_owned() checked=false />
                </div>
                <p class="buttons">
                    <button class="button button--danger" type="submit" name="do" value="close">
                        {words::CLOSE_DO}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// What is kept about somebody and what they can do about it. Posts to [`PRIVACY`].
#[component]
pub fn PrivacyView(
    data: PrivacyOverview,
    form: PrivacyForm,
    errors: Errors,
    /// What was just done, in words.
    #[prop(optional_no_strip)]
    done: Option<&'static str>,
    now: Millis,
) -> AnyView {
    view! {
        {back_link("/mine".into(), case::MINE)}
        {error_summary_in(&errors, &[], wrong)}
        {page_head(words::TITLE.into(), words::LEAD)}
        {done.map(|words| notice("good", words.to_owned()))}
        {kept(&data, now)}
        <section aria-labelledby="rename">
            <h2 id="rename">{words::RENAME}</h2>
            <form class="form" method="post" action=PRIVACY novalidate=true>
                <TextField
                    name="name"
                    label=words::RENAME_LABEL
                    hint=words::RENAME_HINT
                    autocomplete="name"
                    optional=true
                    value=form.name
                    error=errors.words("name")
                />
                <button class="button button--second" type="submit" name="do" value="rename">
                    {words::RENAME_DO}
                </button>
            </form>
        </section>
        <section aria-labelledby="looks">
            <h2 id="looks">{words::LOOKS}</h2>
            {look_rows(&data.looks, now)}
        </section>
        <section aria-labelledby="changes">
            <h2 id="changes">{words::CHANGES}</h2>
            {change_rows(&data.changes, now)}
        </section>
        {sessions(&data.sessions, now)}
        {platforms(&data.platforms, now)}
        {export()}
        <section aria-labelledby="withdraw">
            <h2 id="withdraw">{words::WITHDRAW}</h2>
            <p>{words::WITHDRAW_HINT}</p>
            {consents(&data.consents)}
        </section>
        {close(&errors)}
    }
    .into_any()
}

/// The account is closed.
#[component]
pub fn ClosedView() -> AnyView {
    view! {
        {page_head(words::CLOSED.into(), words::CLOSED_LEAD)}
        <p class="buttons">
            <a class="button button--second" href="/track">
                {words::CLOSED_LINK}
            </a>
        </p>
    }
    .into_any()
}

fn part(id: &'static str, title: &'static str, body: Vec<AnyView>) -> AnyView {
    let body = if body.is_empty() {
        view! { <p>{words::DATA_NONE}</p> }.into_any()
    } else {
        body.into_iter().collect_view().into_any()
    };
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Everything at length, to read, to print and to keep.
#[component]
pub fn MyDataView(
    data: MyData,
    now: Millis,
    /// In a file of its own, where nothing leads back.
    #[prop(optional)]
    offline: bool,
) -> AnyView {
    let letters = data.letters.iter().map(|letter| {
        view! {
            <article class="panel">
                <h3>{letter.title.clone()}</h3>
                <dl class="facts">
                    {fact(words::NO, letter.no.clone())}
                    {fact(words::STATE, case::state(letter.state).to_owned())}
                    {fact(words::WRITTEN, dates::date_time(letter.submitted_at, now))}
                </dl>
                {paragraphs(&letter.body)}
                {pictures(&letter.pictures)}
                {media_list(&letter.media)}
                <h4>{case::TIMELINE}</h4>
                {timeline_list(letter.timeline.clone(), now, Audience::Author)}
            </article>
        }
        .into_any()
    });
    let appointments = data.appointments.iter().map(|booking| {
        view! {
            <article class="panel">
                <h3>{bookings::moment(booking.starts_at.unwrap_or(booking.session_starts_at), now)}</h3>
                <p>{[&booking.station_name, "，", bookings::state(booking.state).2].concat()}</p>
                <p>{booking.topic.clone()}</p>
                <p>{booking.access_needs.clone()}</p>
            </article>
        }
        .into_any()
    });
    let events = data.events.iter().map(|event| {
        view! {
            <article class="panel">
                <h3>{event.card.title.clone()}</h3>
                <p>{meetings::span(event.card.starts_at, event.card.ends_at, now)}</p>
                <p>{meetings::questions_count(event.questions)}</p>
            </article>
        }
        .into_any()
    });
    let measures = data.restrictions.iter().map(|measure| {
        view! {
            <article class="panel">
                <h3>{restrictions::title(measure.step, measure.days)}</h3>
                <dl class="facts">
                    {fact(restrictions::WHY, measure.reason.clone())}
                    {fact(restrictions::START, dates::date_time(measure.starts_at, now))}
                    {fact(restrictions::END, dates::date_time(measure.ends_at, now))}
                </dl>
            </article>
        }
        .into_any()
    });
    let agreed = data.consents.iter().map(|letter| {
        let said = |yes: bool, (on, off): (&'static str, &'static str)| if yes { on } else { off };
        let publish = said(letter.publish, (words::PUBLISH_YES, words::PUBLISH_NO));
        let call = said(letter.may_call, (words::CALL_YES, words::CALL_NO));
        view! { <p>{[&letter.no, " ", &letter.title, "：", publish, "，", call].concat()}</p> }.into_any()
    });
    let places = data.sessions.iter().map(|session| {
        let used = words::used(session.seen_at, now);
        view! { <p>{[&words::device(&session.host, &session.system), "，", &used].concat()}</p> }.into_any()
    });
    let account = &data.account;
    view! {
        {(!offline).then(|| back_link(PRIVACY.into(), words::TITLE))}
        {page_head(words::DATA_TITLE.into(), "")}
        <p class="count">{words::made_at(data.made_at, now)}</p>
        <dl class="facts">
            {fact(words::NAME, name_of(account))} {fact(words::PHONE, account.phone_masked.clone().unwrap_or_default())}
            {fact(words::SINCE, dates::date_time(account.since, now))}
        </dl>
        {part("letters", words::LETTERS, letters.collect())}
        {part("appointments", words::APPOINTMENTS, appointments.collect())}
        {part("events", words::EVENTS, events.collect())}
        {part("restrictions", restrictions::TITLE, measures.collect())}
        <section aria-labelledby="looks">
            <h2 id="looks">{words::LOOKS}</h2>
            {look_rows(&data.looks, now)}
        </section>
        <section aria-labelledby="changes">
            <h2 id="changes">{words::CHANGES}</h2>
            {change_rows(&data.changes, now)}
        </section>
        {part("consents", words::WITHDRAW, agreed.collect())}
        {part("sessions", words::SESSIONS, places.collect())}
    }
    .into_any()
}
