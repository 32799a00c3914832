//! Draws every page natively and reads the HTML: names for everything that can be operated, labels for every
//! field, errors that lead to their field. `GALLERY=some/folder cargo test -p liaison-web --features ssr gallery`
//! leaves the pages there to look at.

mod bookings;
mod events;
mod guidance;
mod places;
mod resident;
mod samples;
mod shelf;

use super::form::*;
use super::*;
use crate::components::{Audience, Errors, Timeline};
use crate::i18n::zh;
use leptos::prelude::*;
use liaison_domain::calendar::Date;
use liaison_domain::dto::*;
use liaison_domain::lifecycle::*;
use liaison_domain::notify::{ChannelKind, Preferences, Quiet};
use samples::{DAY, NOW};

fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| view().to_html()).replace("<!>", "")
}

fn error(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.into(),
        code: code.into(),
        limit: Some(10),
    }
}

fn letter() -> LetterForm {
    let photo = |key: &str, state| PhotoItem {
        key: key.into(),
        id: key.into(),
        token: "t".into(),
        name: "车库.jpg".into(),
        thumb: String::new(),
        state,
    };
    LetterForm {
        body: "从六月开始，一下大雨车库就进水。".into(),
        kind: Some(LetterKind::Help),
        category: "housing.lift".into(),
        area: "yunfan-1".into(),
        place: "3 幢".into(),
        deputy: "lu-zhiyao".into(),
        station: "yunfan".into(),
        photos: vec![
            photo("p1", PhotoState::Done),
            photo("p2", PhotoState::Sending(40)),
            photo("p3", PhotoState::Failed),
        ],
        ..LetterForm::default()
    }
}

fn write(step: WriteStep, errors: Errors) -> String {
    html(|| {
        let (options, limits) = (samples::options(), samples::config().limits);
        let challenge = Challenge {
            id: "c".into(),
            phone_masked: "199****0001".into(),
            demo_code: Some("123456".into()),
        };
        let phone = PhoneForm {
            challenge: Some(challenge),
            ..PhoneForm::default()
        };
        question(Asked {
            errors,
            phone,
            ..Asked::new(step, letter(), options, limits)
        })
    })
}

fn my_case(state: CaseState) -> String {
    html(|| view! { <MyCaseView data=samples::case(state) now=NOW /> }.into_any())
}

fn settings(channels: &[ChannelKind], errors: Errors, staff: bool) -> String {
    let data = NotifySettings {
        channels: channels.to_vec(),
        phone_masked: Some("199****0001".into()),
        email: Some("zhang@example.com".into()),
        preferences: Preferences::default(),
        quiet: Quiet { from: 1260, to: 480 },
        digests: vec![540, 990],
    };
    let form = NotifyForm::of(&data);
    html(|| view! { <NotifySettingsView data=data form=form errors=errors saved=true staff=staff /> }.into_any())
}

fn units(step: UnitsStep) -> String {
    let unit = |id: &str, name: &str| Unit {
        id: id.into(),
        name: name.into(),
        short_name: name.into(),
        kind: "bureau".into(),
        active: true,
        level: "district".into(),
    };
    let form = UnitsForm {
        from: "u-a".into(),
        to: "u-b".into(),
    };
    let units = vec![unit("u-a", "区城管局"), unit("u-b", "区住建局")];
    html(|| view! { <UnitsView units=units form=form step=step /> }.into_any())
}

fn deputies() -> DeputyList {
    DeputyList {
        items: vec![
            samples::deputy(),
            DeputyCard {
                name: "顾承远".into(),
                status: "on_leave".into(),
                tile: 1,
                ..samples::deputy()
            },
        ],
        total: 46,
        next_cursor: Some("abc".into()),
        stations: vec![samples::station()],
        areas: vec![samples::area()],
        tags: vec!["教育".into(), "物业".into(), "电梯".into()],
        filter: DeputyFilter {
            tag: Some("教育".into()),
            ..DeputyFilter::default()
        },
    }
}

/// The pages of receptions, by name.
fn receptions() -> Vec<(&'static str, String)> {
    let list = |shown: Shown, filter: ReceptionFilter| {
        let data = ListData {
            filter,
            areas: vec![samples::area()],
            deputies: vec![samples::deputy()],
            shown,
        };
        html(|| view! { <ReceptionsView data=data now=NOW /> }.into_any())
    };
    let found = |items: Vec<ReceptionCard>, filter: &ReceptionFilter| {
        Shown::List(ReceptionList {
            total: items.len() as u64,
            items,
            next_cursor: Some("1~a".into()),
            filter: filter.clone(),
        })
    };
    let all = ReceptionFilter::default();
    let narrowed = ReceptionFilter {
        q: Some("养老".into()),
        ..ReceptionFilter::default()
    };
    let month = Shown::Calendar(CalendarData {
        first: Date::new(2026, 9, 1).expect("a day"),
        items: samples::receptions(),
    });
    let detail = samples::reception_detail;
    let off = ReceptionDetail {
        card: samples::receptions().pop().expect("the cancelled one"),
        slots: Vec::new(),
        ..detail()
    };
    let address = || "https://station.example/receptions/r-1".to_owned();
    vec![
        ("receptions", list(found(samples::receptions(), &all), all.clone())),
        ("receptions-none", list(found(Vec::new(), &all), all)),
        (
            "receptions-none-found",
            list(found(Vec::new(), &narrowed), narrowed.clone()),
        ),
        ("receptions-month", list(month, narrowed)),
        (
            "reception",
            html(|| view! { <ReceptionView data=detail() now=NOW /> }.into_any()),
        ),
        (
            "reception-off",
            html(|| view! { <ReceptionView data=off now=NOW /> }.into_any()),
        ),
        (
            "poster",
            html(|| view! { <PosterView data=detail() address=address() /> }.into_any()),
        ),
        (
            "group-notice",
            html(|| view! { <GroupNoticeView data=detail() address=address() /> }.into_any()),
        ),
    ]
}

/// Every page, by name.
fn pages() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, html: String| all.push((name.to_owned(), html));
    add(
        "home",
        html(|| view! { <HomeView data=samples::home() config=samples::config() now=NOW /> }.into_any()),
    );
    let stations = StationList {
        items: vec![samples::station()],
        areas: vec![samples::area()],
        area: None,
        q: None,
    };
    add(
        "stations",
        html(|| view! { <StationsView data=stations now=NOW /> }.into_any()),
    );
    let station = StationDetail {
        card: samples::station(),
        scope: vec!["身边的事".into()],
        principles: vec!["件件有回音".into()],
        charter: vec![],
        contacts: vec![Contact {
            name: "预约登记".into(),
            phone: "0199-1001 转 2".into(),
        }],
        directions: Directions {
            bus: "12 路到银杏路口站".into(),
            ..Directions::default()
        },
        photos: vec![samples::place_photo("p1"), samples::place_photo("p2")],
        communities: vec![samples::community()],
        points: vec![],
        deputies: vec![samples::deputy()],
        recent_cases: vec![samples::case_card()],
    };
    let station = StationPage {
        detail: station,
        rules: vec![RuleWords {
            name: "代表接待日".into(),
            rule: "每月第二、第四个星期四 14:30–17:00".into(),
            reading: Some("这里说的是当月第二个星期四。".into()),
        }],
        receptions: samples::receptions(),
        figures: Some(super::Figures {
            year: 2026,
            held: 21,
            people: 86,
            on_site: 30,
            letters: 17,
        }),
    };
    add(
        "station",
        html(|| view! { <StationView data=station now=NOW /> }.into_any()),
    );
    for (name, html) in receptions() {
        add(name, html);
    }
    for (name, html) in places::pages() {
        add(name, html);
    }
    add(
        "deputies",
        html(|| view! { <DeputiesView data=deputies() now=NOW /> }.into_any()),
    );
    let deputy = DeputyDetail {
        card: samples::deputy(),
        bio: "在小学工作二十六年。".into(),
        stations: vec![samples::station()],
        reception_text: "每月第二、第四个星期四 14:30–17:00".into(),
        answered_cases: vec![samples::case_card()],
        received: 15,
    };
    let deputy = DeputyPage {
        detail: deputy,
        receptions: samples::receptions(),
    };
    add(
        "deputy",
        html(|| view! { <DeputyView data=deputy now=NOW /> }.into_any()),
    );
    let cases = CaseList {
        items: vec![samples::case_card()],
        total: 1,
        next_cursor: None,
        categories: samples::categories(),
        areas: vec![samples::area()],
        filter: CaseFilter::default(),
    };
    add("cases", html(|| view! { <CasesView data=cases now=NOW /> }.into_any()));
    let public = CasePage {
        card: samples::case_card(),
        body: "从六月开始，一下大雨车库就进水。".into(),
        author_shown: "听海区居民".into(),
        answers: vec![PublicAnswer {
            body: "截水沟已经重做。".into(),
            by: "陆知遥代表".into(),
            outcome: Some(Outcome::B),
            promise_date: Some("2026-10-01".into()),
            at: NOW - DAY,
        }],
        pictures: vec![samples::picture()],
        timeline: samples::timeline(),
        deputy: Some(samples::deputy()),
        hidden_reason: None,
    };
    add(
        "public-case",
        html(|| view! { <PublicCaseView data=public now=NOW /> }.into_any()),
    );
    for step in &WriteStep::ALL[..7] {
        add(&format!("write-{}", step.code()), write(*step, Errors::default()));
    }
    add(
        "write-what-error",
        write(WriteStep::What, Errors::of(vec![error("body", "too_short")])),
    );
    add(
        "receipt",
        html(|| view! { <ReceiptView receipt=samples::receipt() now=NOW /> }.into_any()),
    );
    add(
        "track",
        html(|| {
            view! { <TrackView no="TH-1".to_owned() errors=Errors::of(vec![error("query_code", "required")]) /> }
                .into_any()
        }),
    );
    add(
        "login",
        html(|| view! { <LoginView form=PhoneForm::default() /> }.into_any()),
    );
    let me = Me {
        account_id: "a".into(),
        name: "李女士".into(),
        role: Role::Resident,
        unit: None,
        station: None,
        deputy: None,
        phone_masked: Some("199****0001".into()),
        home: "/mine".into(),
        restricted: Some("限制提交：12月23日 24:00 前，不能提交新的意见。".into()),
    };
    let row = |state, needs_you| MyCaseRow {
        no: "TH-2026-004213".into(),
        title: "船坞里 3 幢地下车库一下雨就积水".into(),
        state,
        submitted_at: NOW - 9 * DAY,
        updated_at: NOW,
        holder: samples::case(state).holder,
        needs_you,
    };
    let mine = Page {
        items: vec![row(CaseState::InProgress, false), row(CaseState::Answered, true)],
        next_cursor: None,
        total: 2,
    };
    add(
        "mine",
        html(|| view! { <MineView data=mine me=me now=NOW unread=2 /> }.into_any()),
    );
    let told = Page {
        items: vec![samples::notice("release", false), samples::notice("survey_waits", true)],
        next_cursor: Some("1~a".into()),
        total: 40,
    };
    add(
        "notices",
        html(|| view! { <NoticesView data=told unread=1 now=NOW /> }.into_any()),
    );
    let ways = [ChannelKind::Sms, ChannelKind::Email, ChannelKind::Webhook];
    add("settings", settings(&ways, Errors::default(), false));
    assert!(
        !settings(&[], Errors::default(), false).contains("<form"),
        "nothing to choose"
    );
    add("settings-none", settings(&[], Errors::default(), false));
    let wrong = vec![error("email", "invalid"), error("quiet_to", "same")];
    add("settings-desk-error", settings(&ways, Errors::of(wrong), true));
    for (name, step) in samples::units_steps() {
        add(name, units(step));
    }
    for (name, page) in bookings::pages() {
        add(&name, page);
    }
    add(
        "link",
        html(|| view! { <LinkView action="/l/abc".to_owned() /> }.into_any()),
    );
    add("link-gone", html(|| view! { <LinkGoneView /> }.into_any()));
    add("case", my_case(CaseState::InProgress));
    add(
        "rate",
        html(|| {
            view! { <RateView data=samples::survey() token="tok".to_owned() form=RatingForm::default() now=NOW /> }
                .into_any()
        }),
    );
    let result = SurveyResult {
        no: "TH-2026-004213".into(),
        score: 84,
        state: CaseState::Disputed,
        decide_by: Some(NOW + 3 * DAY),
    };
    add(
        "rated",
        html(|| view! { <RateDoneView result=result now=NOW /> }.into_any()),
    );
    add(
        "help",
        html(|| view! { <HelpView config=samples::config() /> }.into_any()),
    );
    for (name, html) in events::pages() {
        add(name, html);
    }
    add("not-found", html(|| view! { <NotFoundView /> }.into_any()));
    add(
        "problem",
        html(|| {
            view! { <ProblemView detail=String::new() retry="/".to_owned() request_id=Some("r1".into()) /> }.into_any()
        }),
    );
    all
}

fn framed(body: &str) -> String {
    html(|| {
        let inner = body.to_owned();
        view! { <Shell config=samples::config() path="/" elder=false unread=3><div inner_html=inner></div></Shell> }
            .into_any()
    })
}

/// What stands between tags, for every element of a kind: attributes and inner HTML.
fn elements<'a>(html: &'a str, tag: &str) -> Vec<(&'a str, &'a str)> {
    let open = format!("<{tag}");
    let close = format!("</{tag}>");
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        if !rest.starts_with([' ', '>']) {
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let inner = rest[end..].find(&close).map_or("", |stop| &rest[end + 1..end + stop]);
        out.push((&rest[..end], inner));
    }
    out
}

fn visible_text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = attributes.find(&format!(" {name}=\""))? + name.len() + 3;
    attributes[start..].find('"').map(|end| &attributes[start..start + end])
}

#[test]
fn everything_that_can_be_pressed_has_a_name() {
    for (page, html) in pages() {
        for tag in ["a", "button", "summary", "legend", "option"] {
            for (attributes, inner) in elements(&html, tag) {
                let named = !visible_text(inner).is_empty()
                    || attribute(attributes, "aria-label").is_some_and(|label| !label.is_empty())
                    || inner.contains("alt=\"");
                assert!(named, "{page}: a <{tag}{attributes}> without a name");
            }
        }
    }
}

#[test]
fn every_field_has_a_label_and_ids_are_unique() {
    for (page, html) in pages() {
        let labels: Vec<&str> = elements(&html, "label")
            .iter()
            .filter_map(|(a, _)| attribute(a, "for"))
            .collect();
        for tag in ["input", "select", "textarea"] {
            for (attributes, _) in elements(&html, tag) {
                if attribute(attributes, "type") == Some("hidden") {
                    continue;
                }
                let id = attribute(attributes, "id").unwrap_or_default();
                assert!(labels.contains(&id), "{page}: <{tag}{attributes}> without a label");
            }
        }
        let mut ids: Vec<&str> = html
            .match_indices(" id=\"")
            .filter_map(|(at, _)| attribute(&html[at..], "id"))
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{page}: an id stands twice");
    }
}

#[test]
fn what_describes_a_field_exists() {
    for (page, html) in pages() {
        for name in ["aria-describedby", "aria-labelledby"] {
            for (at, _) in html.match_indices(&format!(" {name}=\"")) {
                for id in attribute(&html[at..], name).unwrap_or_default().split(' ') {
                    assert!(
                        html.contains(&format!(" id=\"{id}\"")),
                        "{page}: {name} names {id}, which is not there"
                    );
                }
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_of_the_first_level() {
    for (page, html) in pages() {
        assert_eq!(elements(&html, "h1").len(), 1, "{page}");
    }
}

#[test]
fn every_error_in_the_summary_leads_to_its_field() {
    let fields = [
        "body",
        "area",
        "place",
        "deputy",
        "station",
        "attachments.2",
        "kind",
        "category",
        "title",
        "name",
    ];
    let steps = [
        (WriteStep::What, &fields[..1]),
        (WriteStep::Where, &fields[1..3]),
        (WriteStep::Who, &fields[3..5]),
        (WriteStep::Photos, &fields[5..6]),
        (WriteStep::More, &fields[6..]),
    ];
    for (step, fields) in steps {
        let html = write(
            step,
            Errors::of(fields.iter().map(|field| error(field, "invalid")).collect()),
        );
        let summary = html
            .split("errors__list")
            .nth(1)
            .and_then(|rest| rest.split("</ul>").next())
            .unwrap_or_default();
        let links = elements(summary, "a");
        assert_eq!(links.len(), fields.len(), "{}", step.code());
        for (attributes, words) in links {
            let id = attribute(attributes, "href")
                .unwrap_or_default()
                .trim_start_matches('#');
            assert!(
                html.contains(&format!(" id=\"{id}\"")),
                "{}: no field #{id}",
                step.code()
            );
            assert!(
                html.matches(words).count() >= 2,
                "{}: 「{words}」 stands beside the field too",
                step.code()
            );
        }
    }
}

#[test]
fn a_step_carries_every_other_answer() {
    for step in &WriteStep::ALL[..7] {
        let html = write(*step, Errors::default());
        for name in [
            "body", "area", "place", "deputy", "station", "kind", "category", "photo",
        ] {
            assert!(
                html.contains(&format!(" name=\"{name}\"")),
                "{} loses {name}",
                step.code()
            );
        }
    }
}

#[test]
fn what_people_typed_is_never_markup() {
    let nasty = "\"><script>alert(1)</script></textarea>";
    let form = LetterForm {
        body: nasty.into(),
        place: nasty.into(),
        name: nasty.into(),
        ..LetterForm::default()
    };
    for step in &WriteStep::ALL[..7] {
        let html = html(|| {
            let (options, limits) = (samples::options(), samples::config().limits);
            question(Asked::new(*step, form.clone(), options, limits))
        });
        assert!(!html.contains("<script"), "{}", step.code());
        assert_eq!(
            html.matches("</textarea>").count(),
            html.matches("<textarea").count(),
            "{}",
            step.code()
        );
    }
}

#[test]
fn what_changes_by_itself_is_written_as_it_is_now() {
    use crate::markup;

    let written = html(|| {
        let open = RwSignal::new(true);
        markup::view! {
            <button class=move || if open.get() { "open" } else { "closed" } disabled=move || !open.get()
                aria-expanded=move || open.get().to_string() prop:value="no attribute" on:click=move |_| open.set(false)>
                {move || open.get().then_some("words")}
            </button>
        }
        .into_any()
    });
    assert_eq!(written, r#"<button class="open" aria-expanded="true">words</button>"#);
}

#[test]
fn every_state_has_words_for_everybody() {
    for state in CaseState::ALL {
        assert!(!zh::case::state(*state).is_empty());
        let line = zh::case::status(*state, None, None);
        assert!(line.ends_with('。') && !line.contains(state.code()), "{line}");
        assert!(
            !zh::case::public_state(*state).contains('您'),
            "others are not spoken to"
        );
        assert!(my_case(*state).contains(zh::case::state(*state)));
    }
    for kind in EventKind::ALL {
        assert!(!zh::events::line(*kind, "您", None).is_empty());
    }
    for kind in RefusalKind::ALL {
        assert!(zh::errors::refusal(*kind).ends_with('。'));
    }
}

#[test]
fn a_letter_that_the_station_wrote_down_says_so() {
    let first = |role: Role, name: Option<&'static str>| {
        let mut events = samples::timeline();
        events.truncate(1);
        (events[0].by_role, events[0].by_name) = (role, name.map(Into::into));
        html(move || view! { <Timeline events=events now=NOW audience=Audience::Staff /> }.into_any())
    };
    let filed = first(Role::StationOfficer, Some("云帆街道联络站"));
    assert!(filed.contains("云帆街道联络站代为提交了意见"), "{filed}");
    assert!(first(Role::Resident, None).contains("居民提交了意见"));
}

#[test]
fn only_allowed_actions_are_offered() {
    let html = html(|| {
        let data = CaseView {
            allowed_events: vec![EventKind::Urge],
            terms: AuthorTerms {
                urges_left: Some(2),
                ..AuthorTerms::default()
            },
            rate_token: None,
            copy: None,
            ..samples::case(CaseState::InProgress)
        };
        view! { <MyCaseView data=data now=NOW /> }.into_any()
    });
    let buttons: Vec<&str> = elements(&html, "button")
        .iter()
        .filter_map(|(a, _)| attribute(a, "value"))
        .collect();
    assert_eq!(buttons, ["urge"]);
}

#[test]
fn no_style_or_script_stands_in_a_page() {
    for (page, html) in pages() {
        for word in [" style=", "<script", " onclick", "javascript:"] {
            assert!(!html.contains(word), "{page}: {word}");
        }
    }
}

#[test]
fn a_list_names_who_answered() {
    let drawn = |card: CaseCard| html(|| view! { <ul>{crate::components::case_row(&card, NOW)}</ul> }.into_any());
    let card = samples::case_card();
    assert_eq!(card.deputy_name.as_deref(), Some("陆知遥"));
    assert!(
        drawn(card.clone()).contains("<b>区住建局：</b>"),
        "the unit, not the deputy it was written to"
    );
    let nobody = CaseCard {
        answer_by: String::new(),
        ..card
    };
    assert!(!drawn(nobody).contains("<b>"));
}

#[test]
fn gallery() {
    let Ok(folder) = std::env::var("GALLERY") else { return };
    std::fs::create_dir_all(&folder).expect("a folder to write to");
    let sprite = include_str!("../../../public/icons.svg");
    for (name, body) in pages() {
        let page = format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <link rel=\"stylesheet\" href=\"station.css\"><title>{name}</title>{sprite}{}",
            framed(&body)
        );
        std::fs::write(format!("{folder}/{name}.html"), page).expect("a page written");
    }
}
