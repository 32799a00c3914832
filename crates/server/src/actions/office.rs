//! What the office does beside single events: one step for many letters, letters filed for somebody, parts, a look at a
//! number, calls by lot.

use super::{event, letter};
use crate::access;
use crate::auth::phone::{self, Phone};
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult, Standing};
use crate::state::AppState;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{
    BULK_MAX, BulkItem, BulkOutcome, BulkRequest, BulkResult, CALL_OUTCOMES, CallBack, CallReport, DrawRequest,
    EventAccepted, FieldError, FiledLetter, Receipt, Revealed, SplitRequest, check_text,
};
use liaison_domain::lifecycle::{Actor, CaseEvent, EventKind, FiledVia, OnBehalf, Refusal, Role, allowed_events};
use liaison_domain::{Id, Millis};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::letters::{ActError, Part};
use liaison_store::people::Account;

/// Longest title of a part, in characters.
const TITLE: usize = 40;
/// Longest text.
const TEXT: usize = 2000;
/// Letters drawn at once.
const DRAWN: u32 = 50;
/// Days a lot may reach back.
const DAYS: u32 = 365;
/// Calls listed.
const LISTED: u64 = 200;

/// Steps that may be taken for many letters at once: none of them writes words to one resident about one matter alone.
const IN_BULK: &[EventKind] = &[
    EventKind::Accept,
    EventKind::Assign,
    EventKind::ToDeputy,
    EventKind::Merge,
    EventKind::Supervise,
    EventKind::ReturnApproved,
    EventKind::ExtensionApproved,
    EventKind::Publish,
    EventKind::RefusePublish,
    EventKind::Decline,
];

/// The same step for each letter, each decided for itself: what cannot be done is named, the others are done.
pub async fn bulk(state: &AppState, viewer: &Viewer, request: &BulkRequest) -> ApiResult<BulkResult> {
    access::office(viewer)?;
    if request.items.is_empty() {
        return Err(ApiError::field("items", "required"));
    }
    if request.items.len() > BULK_MAX {
        return Err(ApiError::field_limit("items", "too_many", BULK_MAX as u64));
    }
    if !IN_BULK.contains(&request.event.kind()) {
        return Err(ApiError::field("event", "invalid"));
    }
    let mut result = BulkResult {
        done: 0,
        items: Vec::with_capacity(request.items.len()),
    };
    for item in &request.items {
        let outcome = match Box::pin(one(state, viewer, item, &request.event)).await {
            Ok((no, accepted)) => {
                result.done += 1;
                BulkOutcome {
                    id: item.id.clone(),
                    no,
                    code: String::new(),
                    detail: String::new(),
                    state: Some(accepted.state),
                }
            }
            // Our own fault stops everything; a refusal concerns this letter only.
            Err(error @ (ApiError::Internal(_) | ApiError::DiskFull | ApiError::Unavailable { .. })) => {
                return Err(error);
            }
            Err(error) => {
                let problem = error.problem();
                BulkOutcome {
                    id: item.id.clone(),
                    no: String::new(),
                    code: problem.code,
                    detail: problem.detail,
                    state: problem.current_state,
                }
            }
        };
        result.items.push(outcome);
    }
    Ok(result)
}

async fn one(
    state: &AppState,
    viewer: &Viewer,
    item: &BulkItem,
    event: &CaseEvent,
) -> ApiResult<(String, EventAccepted)> {
    let (found, actor) = access::desk_letter(state, viewer, &item.id).await?;
    // A return or an extension names a task; in a list there is one that waits.
    let event = match event {
        CaseEvent::ReturnApproved { .. } => CaseEvent::ReturnApproved {
            task_id: waiting_task(&found.case),
        },
        CaseEvent::ExtensionApproved { .. } => CaseEvent::ExtensionApproved {
            task_id: waiting_task(&found.case),
        },
        event => event.clone(),
    };
    let accepted = event::act(state, &found.id, actor, Some(item.version), &event).await?;
    Ok((found.no, accepted))
}

fn waiting_task(case: &liaison_domain::lifecycle::Case) -> Id {
    use liaison_domain::lifecycle::TaskState;
    case.tasks
        .iter()
        .find(|task| matches!(task.state, TaskState::ReturnRequested | TaskState::ExtensionRequested))
        .map(|task| task.id.clone())
        .unwrap_or_default()
}

/// Files a letter for a resident who is on the phone, at the counter, or being helped. The receipt is theirs.
pub async fn file(
    state: &AppState,
    viewer: &Viewer,
    filed: &FiledLetter,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    let clerk = access::clerk(viewer)?;
    let mut wrong: Vec<FieldError> = check_text("consent", &filed.consent, 200).into_iter().collect();
    let phone = Phone::parse(&filed.phone);
    if phone.is_none() {
        wrong.push(FieldError {
            field: "phone".to_owned(),
            code: if filed.phone.trim().is_empty() {
                "required"
            } else {
                "invalid"
            }
            .to_owned(),
            limit: None,
        });
    }
    // A question's letter is made from the question, so that each knows the other.
    if filed.via == FiledVia::Event {
        wrong.push(FieldError {
            field: "via".to_owned(),
            code: "invalid".to_owned(),
            limit: None,
        });
    }
    // Everything at once: who files it asks the resident once.
    wrong.extend(letter::wrong_in(state, &filed.letter));
    let Some(phone) = phone.filter(|_| wrong.is_empty()) else {
        return Err(ApiError::Validation(wrong));
    };
    let kept = phone.kept(&state.phone_key)?;
    let name = filed.letter.name.as_deref().map(str::trim).unwrap_or_default();
    let resident = state.store.resident(&kept, name, state.now()).await?;
    let by = letter::Filed {
        clerk: clerk_actor(clerk),
        on_behalf: OnBehalf {
            via: filed.via,
            consent: filed.consent.trim().to_owned(),
        },
    };
    letter::submit_for(state, Some(&resident), &filed.letter, Some(by), key).await
}

/// Somebody at the station who writes down what a resident says.
pub fn clerk_actor(account: &Account) -> Actor {
    Actor {
        account_id: Some(account.id.clone()),
        role: account.role,
        unit_id: None,
        station_id: account.station_id.clone(),
        deputy_id: account.deputy_id.clone(),
        is_author: false,
    }
}

/// Cuts a letter into parts.
pub async fn split(
    state: &AppState,
    viewer: &Viewer,
    no_or_id: &str,
    version: i64,
    request: &SplitRequest,
) -> ApiResult<EventAccepted> {
    let (found, actor) = access::desk_letter(state, viewer, no_or_id).await?;
    access::office(viewer)?;
    let mut wrong = Vec::new();
    for (at, part) in request.parts.iter().enumerate() {
        wrong.extend(check_text(&format!("parts.{at}.title"), &part.title, TITLE));
        wrong.extend(check_text(&format!("parts.{at}.body"), &part.body, TEXT));
        if state.store.category(&part.category_id).await?.is_none() {
            wrong.push(FieldError {
                field: format!("parts.{at}.category_id"),
                code: "unknown".to_owned(),
                limit: None,
            });
        }
    }
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let rules = state.rules();
    let most = rules.limits.split_parts as usize;
    if request.parts.len() < 2 || request.parts.len() > most {
        return Err(ApiError::field_limit("parts", "count", most as u64));
    }
    let parts: Vec<Part> = request
        .parts
        .iter()
        .map(|part| Part {
            title: part.title.trim().to_owned(),
            body: part.body.trim().to_owned(),
            category_id: part.category_id.clone(),
        })
        .collect();
    let mut context = rules.context(state.now(), actor.clone());
    context.expected_version = Some(version);
    let acted = Box::pin(state.store.split(&found.id, &parts, &context)).await;
    let acted = acted.map_err(|error| match error {
        ActError::NotFound => ApiError::NotFound,
        ActError::Conflict(case) => ApiError::Conflict(letter::standing(state, &case, actor.clone())),
        ActError::Refused { refusal, case } => {
            ApiError::Refused(refusal, letter::standing(state, &case, actor.clone()))
        }
        ActError::Store(error) => error.into(),
    })?;
    let allowed = allowed_events(&acted.case, &rules.context(state.now(), actor));
    Ok(EventAccepted {
        id: acted.case.id,
        version: acted.case.version,
        state: acted.case.state,
        allowed_events: allowed,
    })
}

/// Shows a resident's number to somebody who needs it. First the log, then the number: who looks is known even when the
/// answer is lost on the way.
pub async fn reveal(state: &AppState, viewer: &Viewer, no_or_id: &str, reason: &str) -> ApiResult<Revealed> {
    let (found, actor) = access::desk_letter(state, viewer, no_or_id).await?;
    if let Some(wrong) = check_text("reason", reason, 200) {
        return Err(ApiError::Validation(vec![wrong]));
    }
    // What the author said binds those the letter was handed on to; the station keeps the way to them.
    let handed_on = !matches!(actor.role, Role::StationOfficer | Role::StationLeader | Role::Admin);
    let of = found.part_of.as_ref().unwrap_or(&found.id);
    if handed_on && state.store.extra(of).await?.may_call == Some(false) {
        return Err(ApiError::Forbidden {
            code: "no_calls",
            detail: "本人不想接到电话。有事请在这里提问,或者请联络站转告。",
        });
    }
    let account = match &found.account_id {
        Some(id) => state.store.account(id).await?,
        None => None,
    };
    let number = account
        .and_then(|account| account.phone_encrypted)
        .and_then(|text| phone::decrypt(state, &text))
        .ok_or(ApiError::Refused(
            Refusal::of(liaison_domain::lifecycle::RefusalKind::ValueInvalid),
            Standing::default(),
        ));
    // Nothing to show is no reason to write a look into the log.
    let number = number?;
    let looked = CaseEvent::ContactRevealed {
        reason: reason.trim().to_owned(),
    };
    let acted = event::apply(state, &found.id, &actor, None, &looked).await?;
    Ok(Revealed {
        phone: number,
        version: acted.case.version,
    })
}

/// Draws letters by lot, each equally likely, for a call to their authors.
pub async fn draw(state: &AppState, viewer: &Viewer, request: &DrawRequest) -> ApiResult<Vec<CallBack>> {
    let clerk = access::clerk(viewer)?;
    for (field, value, most) in [("count", request.count, DRAWN), ("days", request.days, DAYS)] {
        if value == 0 || value > most {
            return Err(ApiError::field_limit(field, "invalid", u64::from(most)));
        }
    }
    let since = state.now() - Millis::from(request.days) * DAY_MS;
    let station = clerk.station_id.as_deref();
    let mut urn = state.store.callable(station, since).await?;
    let mut drawn = Vec::new();
    while drawn.len() < request.count as usize && !urn.is_empty() {
        let at = below(urn.len())?;
        drawn.push(urn.swap_remove(at));
    }
    state.store.draw(&drawn, &clerk.id, state.now()).await?;
    call_backs(state, viewer).await
}

/// A number below `n`, each equally likely.
fn below(n: usize) -> ApiResult<usize> {
    let n = n as u64;
    // The last, incomplete stretch would favour small numbers.
    let fair = u64::MAX - u64::MAX % n;
    loop {
        let number = getrandom::u64().map_err(|e| ApiError::internal("drawing a lot", e))?;
        if number < fair {
            return Ok((number % n) as usize);
        }
    }
}

/// Letters drawn.
pub async fn call_backs(state: &AppState, viewer: &Viewer) -> ApiResult<Vec<CallBack>> {
    let account = access::office(viewer)?;
    Ok(state.store.call_backs(account.station_id.as_deref(), LISTED).await?)
}

/// How a call went.
pub async fn report(state: &AppState, viewer: &Viewer, id: &str, report: &CallReport) -> ApiResult<CallBack> {
    let clerk = access::clerk(viewer)?;
    let station = clerk.station_id.as_deref();
    if state.store.call_back(station, id).await?.is_none() {
        return Err(ApiError::NotFound);
    }
    if !CALL_OUTCOMES.iter().any(|(code, _)| *code == report.outcome) {
        return Err(ApiError::field(
            "outcome",
            if report.outcome.is_empty() {
                "required"
            } else {
                "unknown"
            },
        ));
    }
    if report.note.chars().count() > TEXT {
        return Err(ApiError::field_limit("note", "too_long", TEXT as u64));
    }
    state.store.report_call(id, report, &clerk.id, state.now()).await?;
    state.store.call_back(station, id).await?.ok_or(ApiError::NotFound)
}
