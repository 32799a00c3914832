//! What stands around a letter on the desk: letters joined to it or cut off from it, probable doubles, units that
//! probably answer for it and why, warnings about its reply.

use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{RelatedLetter, SuggestedUnit, Suggestions};
use liaison_domain::lifecycle::{Actor, Case, CaseClass, CaseState, ReplyText, Role, TaskRole};
use liaison_domain::reply::{Finding, Fingerprint, Material, lint};
use liaison_domain::{Id, Millis};
use liaison_store::letters::{Brief, Letter};

/// Letters compared with one when doubles are looked for.
const COMPARED: u64 = 300;
/// Doubles shown.
const DOUBLES: usize = 8;
/// How far back a unit's answers count as experience.
const EXPERIENCE: Millis = 365 * DAY_MS;
/// Units suggested.
const UNITS: usize = 5;

/// The letters a letter hangs together with.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub merged_into: Option<RelatedLetter>,
    pub joined: Vec<RelatedLetter>,
    pub part_of: Option<RelatedLetter>,
    pub parts: Vec<RelatedLetter>,
}

/// Reads them together.
pub async fn around(state: &AppState, letter: &Letter) -> ApiResult<Around> {
    let case = &letter.case;
    let ids: Vec<Id> = case
        .merged_into
        .iter()
        .chain(&letter.part_of)
        .chain(&case.joined)
        .chain(&case.parts)
        .cloned()
        .collect();
    let briefs = state.store.briefs(&ids).await?;
    let of = |id: &Id| {
        briefs
            .iter()
            .find(|brief| brief.id == *id)
            .map(|brief| view(brief, None))
    };
    Ok(Around {
        merged_into: case.merged_into.as_ref().and_then(of),
        joined: case.joined.iter().filter_map(of).collect(),
        part_of: letter.part_of.as_ref().and_then(of),
        parts: case.parts.iter().filter_map(of).collect(),
    })
}

fn view(brief: &Brief, likeness: Option<u32>) -> RelatedLetter {
    RelatedLetter {
        id: brief.id.clone(),
        no: brief.no.clone(),
        title: brief.title.clone(),
        state: brief.state,
        submitted_at: brief.submitted_at,
        likeness,
    }
}

/// Letters that may be about the same matter, the likest first.
pub async fn doubles(state: &AppState, letter: &Letter) -> ApiResult<Vec<RelatedLetter>> {
    let rules = state.rules();
    let since = state.now() - Millis::from(rules.limits.duplicate_days) * DAY_MS;
    let category = letter.case.category_id.as_deref();
    let others = state
        .store
        .possible_doubles(&letter.id, category, since, COMPARED)
        .await?;
    let own = Fingerprint::of(&words(&letter.title, &letter.body));
    let mut alike: Vec<(u32, &Brief)> = others
        .iter()
        .map(|brief| (own.likeness(&Fingerprint::of(&words(&brief.title, &brief.body))), brief))
        .filter(|(percent, _)| *percent * 2 >= rules.limits.duplicate_percent)
        .collect();
    alike.sort_by_key(|(percent, brief)| (std::cmp::Reverse(*percent), brief.no.clone()));
    Ok(alike
        .into_iter()
        .take(DOUBLES)
        .map(|(percent, brief)| view(brief, Some(percent)))
        .collect())
}

fn words(title: &str, body: &str) -> String {
    [title, "\n", body].concat()
}

/// Warnings about the reply under review, for the office that would release it.
pub async fn warnings(state: &AppState, letter: &Letter, actor: &Actor) -> ApiResult<Vec<Finding>> {
    // Where the station lets deputies hand answers on, they have to have read them too.
    let releases = matches!(
        actor.role,
        Role::StationOfficer | Role::StationLeader | Role::Admin | Role::Deputy
    );
    if letter.case.state != CaseState::ReplyReview || !releases {
        return Ok(Vec::new());
    }
    reply_warnings(state, &letter.case).await
}

/// The same whoever asks; what a release has to acknowledge.
pub async fn reply_warnings(state: &AppState, case: &Case) -> ApiResult<Vec<Finding>> {
    let Some(reply) = &case.reply else {
        return Ok(Vec::new());
    };
    // A deputy writes in person: only a unit's replies are looked over.
    let Some(unit) = case.lead_task().map(|task| &task.unit_id) else {
        return Ok(Vec::new());
    };
    look_over(state, case, unit, reply).await
}

/// Warnings about a reply of a unit, held against its other ones.
pub async fn look_over(state: &AppState, case: &Case, unit: &Id, reply: &ReplyText) -> ApiResult<Vec<Finding>> {
    let rules = state.rules();
    let limits = rules.limits_of(case.category_id.as_ref());
    let recent = state
        .store
        .recent_replies(unit, &case.id, u64::from(limits.lint_window))
        .await?;
    let material = Material {
        recent: &recent,
        contacts: case.contacts.len(),
        now: state.now(),
    };
    Ok(lint(reply, material, limits))
}

/// What the office's forms begin with.
pub async fn suggestions(state: &AppState, case: &Case) -> ApiResult<Suggestions> {
    let rules = state.rules();
    let limits = rules.limits_of(case.category_id.as_ref());
    let due = |class: CaseClass| limits.answer(class).after(state.now(), &rules.calendar);
    let units = match &case.category_id {
        Some(id) => suggested_units(state, id).await?,
        None => Vec::new(),
    };
    Ok(Suggestions {
        due_simple: due(CaseClass::Simple),
        due_normal: due(CaseClass::Normal),
        due_urgent: due(CaseClass::Urgent),
        units,
    })
}

/// The catalogue of duties first, then who has answered such letters before.
async fn suggested_units(state: &AppState, category_id: &Id) -> ApiResult<Vec<SuggestedUnit>> {
    let store = &state.store;
    let counts = store.answered_by_units(category_id, state.now() - EXPERIENCE).await?;
    let category = store
        .category(category_id)
        .await?
        .map(|category| category.name)
        .unwrap_or_default();
    let mut units: Vec<SuggestedUnit> = store
        .category_units(category_id)
        .await?
        .into_iter()
        .filter(|entry| entry.unit.active)
        .map(|entry| SuggestedUnit {
            why: by_catalogue(&category, entry.role, &entry.basis),
            answered: count_of(&counts, &entry.unit.id),
            role: entry.role,
            unit: entry.unit,
        })
        .collect();
    for (id, count) in &counts {
        if units.len() >= UNITS || units.iter().any(|known| known.unit.id == *id) {
            continue;
        }
        if let Some(unit) = store.unit(id).await?.filter(|unit| unit.active) {
            units.push(SuggestedUnit {
                unit,
                role: TaskRole::Lead,
                why: format!("近一年办结过{count}件「{category}」"),
                answered: *count,
            });
        }
    }
    Ok(units)
}

fn count_of(counts: &[(Id, u32)], unit: &Id) -> u32 {
    counts.iter().find(|(id, _)| id == unit).map_or(0, |(_, count)| *count)
}

fn by_catalogue(category: &str, role: TaskRole, basis: &str) -> String {
    let part = match role {
        TaskRole::Lead => "主办",
        TaskRole::Co => "协办",
    };
    if basis.is_empty() {
        format!("责任目录：「{category}」{part}")
    } else {
        format!("责任目录：「{category}」{part}（{basis}）")
    }
}
