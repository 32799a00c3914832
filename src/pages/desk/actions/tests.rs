//! Every form, filled in as far as it asks, makes its own event.

use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, date_of};
use liaison_domain::dto::{DeskCase, DeskOptions};
use liaison_domain::lifecycle::{CaseEvent, EventKind, Outcome};
use serde_json::{Value, json};

use super::super::form::{Form, Input, Values};
use super::{ORDER, form, possible};
use crate::i18n::desk::forms as words;

const NOW: Millis = 1_790_000_000_000;

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a sample as the API sends it")
}

fn unit(id: &str) -> Value {
    unit_at(id, "district")
}

fn unit_at(id: &str, level: &str) -> Value {
    json!({ "id": id, "name": format!("单位{id}"), "short_name": id, "kind": "bureau", "active": true, "level": level })
}

/// A task of another unit whose work is done here.
fn handed_down(id: &str) -> Value {
    let mut task = task(id, "lead", "working");
    task["mine"] = json!(false);
    task["delegated_here"] = json!(true);
    task
}

fn task(id: &str, role: &str, state: &str) -> Value {
    json!({
        "task": {
            "id": id, "round": 1, "unit_id": "u1", "role": role, "state": state, "dispatched_at": NOW - DAY_MS,
            "sign_due": NOW, "signed_at": null, "auto_signed": false, "due_at": NOW + 9 * DAY_MS, "leader": null,
            "section": null, "officer": null, "final_owner": false, "extended": false, "extension_until": null,
            "proposed_unit": null, "before_side": null
        },
        "unit_name": "单位u1", "delegate_name": null, "mine": true, "delegated_here": false, "late": false, "draft": null, "draft_saved_at": null
    })
}

/// A letter that is in every situation at once, so that every form finds what it is about.
fn case() -> DeskCase {
    let suggested = json!({
        "due_simple": NOW + 5 * DAY_MS, "due_normal": NOW + 15 * DAY_MS, "due_urgent": NOW + 3 * DAY_MS,
        "units": [{ "unit": unit("u1"), "role": "lead", "why": "责任目录", "answered": 3 }]
    });
    let mut case = json!({
        "id": "c1", "no": "TH-2026-000001", "version": 3, "title": "电梯坏了", "body": "三号楼的电梯坏了两周",
        "kind": "help", "state": "in_progress", "urgency": "normal", "class": null,
        "category": { "id": "k2", "slug": "housing.lift", "name": "电梯", "parent_id": "k1", "stopper": null, "emergency": null },
        "category_guessed": true, "area_name": null, "place": null, "pictures": [], "media": [],
        "station": { "id": "s1", "name": "云帆街道联络站" }, "deputy": null, "author_masked": "听海区居民",
        "phone_masked": "199****0001", "name_shown": "hidden", "submitted_at": NOW - 5 * DAY_MS, "due_at": NOW + 9 * DAY_MS,
        "holder": { "kind": "unit", "name": null, "since": NOW, "due": null, "paused": false }, "elapsed": [], "round": 1,
        "supervised": false,
        "tasks": [task("t1", "lead", "dispatched"), task("t2", "co", "return_requested"), task("t3", "co", "extension_requested"),
            handed_down("t4")],
        "timeline": [], "answers": [], "reply_in_review": null, "publication": "private", "consent_publish": true,
        "allowed_events": EventKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
        "suggested": suggested
    });
    // Apart, because the macro reads no longer object.
    let around = json!({
        "contacts": [], "follow_up_due": null, "supervise_due": null, "merged_into": null, "joined": [], "part_of": null,
        "parts": [], "author_left": false, "filed_via": null, "warnings": [], "copy": null, "copy_approved": false,
        "copy_draft": null
    });
    if let (Some(case), Value::Object(around)) = (case.as_object_mut(), around) {
        case.extend(around);
    }
    read(case)
}

fn options() -> DeskOptions {
    let reason = json!({ "code": "r1", "text": "正在诉讼", "way_out": "请等法院判决" });
    read(json!({
        "categories": [
            { "id": "k1", "slug": "housing", "name": "住房物业", "parent_id": null, "stopper": null, "emergency": null },
            { "id": "k2", "slug": "housing.lift", "name": "电梯", "parent_id": "k1", "stopper": null, "emergency": null }
        ],
        "units": [unit("u1"), unit("u2"), unit_at("u3", "street"), unit_at("u4", "community")],
        "deputies": [{
            "id": "d1", "slug": "d1", "name": "陆知遥", "kind": "npc", "levels": ["district"], "constituency": "", "occupation": "",
            "expertise": ["教育"], "photo": null, "tile": 0, "station_name": "云帆街道联络站", "station_slug": "yunfan",
            "status": "active", "next_reception": null, "answered": 0
        }],
        "decline_reasons": [reason], "keep_closed_reasons": [reason],
        "channels": [{ "code": "12345", "name": "政务服务热线", "phone": "12345" }]
    }))
}

/// What a person would put into every field that is shown.
fn filled(form: &Form) -> Values {
    let mut values = form.initial();
    for field in &form.fields {
        let value = match &field.input {
            _ if !values.get(field.name).is_empty() => continue,
            Input::Line | Input::Lines(_) => "写几个字".to_owned(),
            Input::Day => date_of(NOW + 6 * DAY_MS).iso(),
            Input::Pick(choices) | Input::Cards(choices) => choices
                .iter()
                .find(|choice| !choice.value.is_empty())
                .map(|choice| choice.value.clone())
                .unwrap_or_default(),
            Input::Checks(choices) => choices
                .iter()
                .map(|choice| choice.value.as_str())
                .collect::<Vec<_>>()
                .join(","),
            Input::Many(_) | Input::Pictures => String::new(),
        };
        values.set(field.name, &value);
    }
    values
}

#[test]
fn every_action_has_words_a_form_and_makes_its_own_event() {
    let (case, options) = (case(), options());
    for kind in ORDER {
        assert!(words::action(*kind).is_some(), "{} has no words", kind.code());
        let form = form(*kind, &case, &options, NOW).unwrap_or_else(|| panic!("{} has no form", kind.code()));
        let event = (form.build)(&filled(&form)).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", kind.code()));
        assert_eq!(event.kind(), *kind);
    }
}

#[test]
fn what_may_happen_is_offered_once_and_publication_comes_last_before_an_answer() {
    let offered = possible(&case());
    assert_eq!(offered.len(), ORDER.len());
    assert_eq!(offered.last(), Some(&EventKind::Hide));
}

#[test]
fn keys_do_not_clash_among_actions_of_one_end() {
    use EventKind as E;
    let ends: [&[EventKind]; 4] = [
        &[
            E::Accept,
            E::Assign,
            E::ToDeputy,
            E::AskInfo,
            E::Decline,
            E::Refer,
            E::Merge,
            E::Supervise,
            E::ProposeCopy,
            E::RefusePublish,
            E::Contacted,
            E::FollowUpAnswered,
        ],
        &[
            E::Release,
            E::SendBack,
            E::Reopen,
            E::KeepClosed,
            E::ReturnApproved,
            E::ReturnRefused,
            E::ExtensionApproved,
            E::ExtensionRefused,
            E::Publish,
            E::Hide,
            E::Unhide,
        ],
        &[
            E::Sign,
            E::ProgressNote,
            E::CoOpinion,
            E::ReturnRequest,
            E::ExtensionRequest,
            E::ToInternalReview,
            E::InternalRejected,
            E::SubmitReply,
            E::PromiseKept,
            E::AskInfo,
            E::Delegate,
            E::Contacted,
            E::DraftBegun,
            E::FollowUpAnswered,
        ],
        &[
            E::DeputyAnswer,
            E::DeputyPass,
            E::AskInfo,
            E::Contacted,
            E::FollowUpAnswered,
            E::DeputyRated,
            E::RatedBad,
            E::SendBack,
        ],
    ];
    for end in ends {
        let mut keys: Vec<&str> = end
            .iter()
            .filter_map(|kind| words::action(*kind))
            .map(|words| words.key)
            .collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "two actions share a key");
    }
}

#[test]
fn the_rules_own_day_is_left_to_the_rule() {
    let form = form(EventKind::Accept, &case(), &options(), NOW).expect("a form");
    let mut values = form.initial();
    let due = |values: &Values| match (form.build)(values) {
        Ok(CaseEvent::Accept { due_at, .. }) => due_at,
        other => panic!("{other:?}"),
    };
    assert_eq!(due(&values), None);
    values.set("due_at", &date_of(NOW + 8 * DAY_MS).iso());
    assert_eq!(due(&values), Some(date_of(NOW + 8 * DAY_MS).end()));
}

#[test]
fn the_day_follows_the_class_until_somebody_sets_it() {
    let form = form(EventKind::Accept, &case(), &options(), NOW).expect("a form");
    let follow = form.follow.as_ref().expect("days follow classes");
    let mut values = form.initial();
    values.set("class", "urgent");
    assert_eq!(follow(&values, "class"), [("due_at", date_of(NOW + 3 * DAY_MS).iso())]);
    values.set("due_at", &date_of(NOW + 8 * DAY_MS).iso());
    assert!(follow(&values, "class").is_empty());
}

#[test]
fn a_promise_needs_a_day_ahead_and_what_belongs_to_another_outcome_is_left_out() {
    let form = form(EventKind::SubmitReply, &case(), &options(), NOW).expect("a form");
    let mut values = filled(&form);
    values.set("outcome", Outcome::B.code());
    values.set("promise_date", "2001-01-01");
    assert!((form.build)(&values).is_err_and(|wrong| wrong[0].0 == "promise_date"));
    values.set("outcome", Outcome::A.code());
    let Ok(CaseEvent::SubmitReply { reply, .. }) = (form.build)(&values) else {
        panic!("a reply")
    };
    assert_eq!((reply.promise_date, reply.reason), (None, None));
}

#[test]
fn a_draft_without_an_outcome_comes_back_without_one() {
    let mut case = case();
    let (_, draft) = form(EventKind::SubmitReply, &case, &options(), NOW)
        .and_then(|form| form.draft)
        .expect("drafts are kept");
    let mut values = Values::default();
    assert_eq!(draft(&values), None, "nothing written, nothing kept");
    values.set("done", "正在写");
    case.tasks[0].draft = draft(&values);
    let again = form(EventKind::SubmitReply, &case, &options(), NOW)
        .expect("a form")
        .initial();
    assert_eq!((again.get("done"), again.get("outcome")), ("正在写", ""));
}

#[test]
fn a_reply_is_put_together_from_its_parts_and_taken_up_in_them() {
    let mut case = case();
    let reply_form = |case: &DeskCase| form(EventKind::SubmitReply, case, &options(), NOW).expect("a form");
    let mut values = filled(&reply_form(&case));
    values.set("found", "");
    values.set("done", "泵已换。");
    values.set("plan", "雨天再来看。");
    values.set("attachments", "up1.secret,up2");
    let Ok(CaseEvent::SubmitReply { reply, .. }) = (reply_form(&case).build)(&values) else {
        panic!("a reply")
    };
    assert_eq!(reply.body, "办理情况：泵已换。\n\n下一步：雨天再来看。");
    assert_eq!(reply.attachments, ["up1", "up2"], "secrets stay here");
    case.tasks[0].draft = Some(reply.clone());
    let again = reply_form(&case).initial();
    assert_eq!((again.get("done"), again.get("plan")), ("泵已换。", "雨天再来看。"));
    case.tasks[0].draft = Some(liaison_domain::lifecycle::ReplyText { parts: None, ..reply });
    let whole = reply_form(&case).initial();
    assert!(
        whole.get("done").contains("下一步"),
        "written in one piece, nothing is lost"
    );

    for part in ["found", "done", "plan"] {
        values.set(part, " ");
    }
    assert!((reply_form(&case).build)(&values).is_err_and(|wrong| wrong[0].0 == "found"));
}

#[test]
fn a_reply_goes_out_when_each_weighty_warning_was_ticked() {
    let mut case = case();
    let finding = |code: &str, quote: &str| json!({ "code": code, "quote": quote, "percent": null, "other": null });
    case.warnings = read(json!([
        finding("personal_data", "13900000001"),
        finding("personal_data", "13900000002"),
        finding("passed_on", "已转"),
        finding("vague", "尽快")
    ]));
    let form = form(EventKind::Release, &case, &options(), NOW).expect("a form");
    let Some(Input::Checks(boxes)) = form.fields.first().map(|field| &field.input) else {
        panic!("boxes first")
    };
    assert_eq!(boxes.len(), 2, "advice needs no tick, and the same warning one");
    let mut values = form.initial();
    values.toggle("acknowledged", "passed_on", true);
    assert!((form.build)(&values).is_err_and(|wrong| wrong[0].0 == "acknowledged"));
    values.toggle("acknowledged", "personal_data", true);
    let Ok(CaseEvent::Release { acknowledged, .. }) = (form.build)(&values) else {
        panic!("released")
    };
    assert_eq!(acknowledged.len(), 2);
}

#[test]
fn work_is_handed_one_level_down_or_taken_back() {
    let mut case = case();
    let offered = |case: &DeskCase| {
        let form = form(EventKind::Delegate, case, &options(), NOW).expect("a form");
        let field = form.fields.into_iter().find(|field| field.name == "unit_id");
        let Some(Input::Pick(choices)) = field.map(|field| field.input) else {
            panic!("a choice")
        };
        choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>()
    };
    assert_eq!(offered(&case), ["u3"], "neither a bureau nor a community");
    case.tasks[2].task.delegate = Some("u3".to_owned());
    assert_eq!(offered(&case), ["back"]);
    let form = form(EventKind::Delegate, &case, &options(), NOW).expect("a form");
    let mut values = form.initial();
    values.set("unit_id", "back");
    let Ok(CaseEvent::Delegate { unit_id, .. }) = (form.build)(&values) else {
        panic!("taken back")
    };
    assert_eq!(unit_id, None);
}

#[test]
fn whatever_staff_may_cause_has_a_form_or_another_place() {
    // The reply's form says that it is begun, the office's own pages cut letters, show numbers and take steps back;
    // the rest is the residents' or the system's.
    let elsewhere = |kind: EventKind| {
        use EventKind as E;
        matches!(
            kind,
            E::Submit
                | E::AutoAccept
                | E::AutoHold
                | E::InfoGiven
                | E::InfoTimeout
                | E::Appeal
                | E::DeputyTimeout
                | E::AutoSign
                | E::BounceLimit
                | E::RatedOk
                | E::SurveyExpired
                | E::HasPromise
                | E::PromiseBroken
                | E::LeadAnswered
                | E::Split
                | E::PartsAnswered
                | E::Withdraw
                | E::Supplement
                | E::Urge
                | E::Archive
                | E::ConsentChanged
                | E::CopyApproved
                | E::FollowUp
                | E::ContactRevealed
                | E::MergedIn
                | E::MergedOut
                | E::Recalculated
                | E::Undo
        )
    };
    for kind in EventKind::ALL {
        assert_ne!(
            ORDER.contains(kind),
            elsewhere(*kind),
            "{} is in one place",
            kind.code()
        );
    }
}
