//! What staff and deputies work with.

use super::letter::{first_pictures, names_of};
use super::related;
use crate::access;
use crate::assemble::letter as parts;
use crate::assemble::media::media;
use crate::assemble::pictures::picture;
use crate::assemble::timeline::{Audience, Sources, timeline};
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{
    Category, DEPUTY_LANES, DeskCase, DeskOptions, LetterBeside, MediaRef, OFFICE_LANES, PictureRef, Queue, Spot,
    TaskView, UNIT_LANES,
};
use liaison_domain::form::guess_category;
use liaison_domain::guard;
use liaison_domain::lifecycle::{Actor, CaseState, NameShown, PublicCopy, Role, Task, allowed_events};
use liaison_store::letters::{Answer, Draft, Extra, Letter};
use liaison_store::queues::{Filter, Slice};
use serde::Deserialize;
use utoipa::IntoParams;

/// Rows of a lane at once.
const ROWS: u64 = 30;

/// What part of a desk's lane is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LaneQuery {
    /// The lane's name; the first one when left out.
    pub lane: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Words in title, text or place, or a number.
    pub q: Option<String>,
    /// Area code: a street or a community.
    pub area: Option<String>,
    /// Category slug.
    pub category: Option<String>,
    /// Id of the unit with the lead task.
    pub unit: Option<String>,
    /// Submitted on this day or later, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Submitted on this day or earlier, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// `1`: under supervision only.
    pub supervised: Option<String>,
}

impl LaneQuery {
    fn slice<'a>(&'a self, first: &'a str) -> Slice<'a> {
        let given = |text: &'a Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Slice {
            lane: given(&self.lane).unwrap_or(first),
            q: given(&self.q),
            cursor: given(&self.cursor),
            limit: ROWS,
            filter: Filter {
                area: given(&self.area),
                category: given(&self.category),
                unit: given(&self.unit),
                from: given(&self.from).and_then(Date::parse).map(Date::start),
                to: given(&self.to).and_then(Date::parse).map(Date::end),
                supervised: given(&self.supervised).is_some(),
            },
        }
    }
}

fn known(queue: Option<Queue>) -> ApiResult<Queue> {
    queue.ok_or_else(|| ApiError::field("lane", "unknown"))
}

/// `GET /office/queue`.
pub async fn office_queue(state: &AppState, viewer: &Viewer, query: &LaneQuery) -> ApiResult<Queue> {
    let account = access::office(viewer)?;
    let slice = query.slice(OFFICE_LANES[0]);
    known(
        state
            .store
            .office_queue(account.station_id.as_deref(), slice, state.now())
            .await?,
    )
}

/// `GET /unit/tasks`.
pub async fn unit_tasks(state: &AppState, viewer: &Viewer, query: &LaneQuery) -> ApiResult<Queue> {
    let (_, unit) = access::unit(viewer)?;
    known(
        state
            .store
            .unit_queue(unit, query.slice(UNIT_LANES[0]), state.now())
            .await?,
    )
}

/// `GET /deputy/inbox`.
pub async fn deputy_inbox(state: &AppState, viewer: &Viewer, query: &LaneQuery) -> ApiResult<Queue> {
    let (_, deputy) = access::deputy(viewer)?;
    known(
        state
            .store
            .deputy_queue(deputy, query.slice(DEPUTY_LANES[0]), state.now())
            .await?,
    )
}

/// `GET /desk/options`.
pub async fn options(state: &AppState, viewer: &Viewer) -> ApiResult<DeskOptions> {
    access::staff(viewer)?;
    let rules = state.rules();
    let directory = state.directory().await?;
    Ok(DeskOptions {
        categories: directory.categories.clone(),
        units: directory.units.iter().filter(|unit| unit.active).cloned().collect(),
        deputies: super::directory::deputies_to_choose(&directory),
        decline_reasons: rules.library.decline.clone(),
        keep_closed_reasons: rules.library.keep_closed.clone(),
        channels: rules.library.channels.clone(),
    })
}

/// `GET /desk/cases/{id}`.
pub async fn case(state: &AppState, viewer: &Viewer, no_or_id: &str) -> ApiResult<DeskCase> {
    let (letter, actor) = access::desk_letter(state, viewer, no_or_id).await?;
    desk_case(state, &letter, actor).await
}

async fn desk_case(state: &AppState, letter: &Letter, actor: Actor) -> ApiResult<DeskCase> {
    let case = &letter.case;
    let records = state.store.events(&letter.id).await?;
    let answers = state.store.answers(&letter.id).await?;
    let drafts = state.store.drafts(&letter.id).await?;
    let pictures: Vec<PictureRef> = state.store.pictures(&letter.id).await?.iter().map(picture).collect();
    let media: Vec<MediaRef> = state.store.media(&letter.id).await?.iter().map(media).collect();
    let spoken = spoken_words(&media);
    let names = names_of(state, letter, &records, &answers).await?;
    let rules = state.rules();
    let allowed = allowed_events(case, &rules.context(state.now(), actor.clone()));
    let around = related::around(state, letter).await?;
    let warnings = related::warnings(state, letter, &actor).await?;
    let sources = Sources {
        case,
        names: &names,
        library: &rules.library,
        pictures: &pictures,
    };
    let author = match &letter.account_id {
        Some(id) => state.store.account(id).await?,
        None => None,
    };
    let task = |task: &Task| TaskView {
        unit_name: names.unit(&task.unit_id),
        delegate_name: task.delegate.as_deref().map(|id| names.unit(id)),
        ..task_view(task, &actor, &drafts, state.now())
    };
    let answer_views = answers
        .iter()
        .map(|answer| parts::answer(answer, case, &names, &pictures, Audience::Staff))
        .collect();
    Ok(DeskCase {
        id: letter.id.clone(),
        no: letter.no.clone(),
        version: case.version,
        title: letter.title.clone(),
        body: letter.body.clone(),
        kind: letter.kind,
        state: case.state,
        urgency: case.urgency,
        class: case.class,
        category: match &case.category_id {
            Some(id) => names.directory.category(id).cloned(),
            // Who spoke chose none; what was written down since then may tell.
            None => guessed_from(&spoken, &names.directory.categories),
        },
        category_guessed: letter.category_guessed || case.category_id.is_none(),
        area_name: names.area(letter.area_id.as_ref()),
        place: letter.place.clone(),
        pictures: first_pictures(&pictures, &records),
        media,
        station: names.reference(&case.station_id, names.station(&case.station_id)),
        deputy: case
            .deputy_id
            .as_ref()
            .or(letter.addressed_deputy_id.as_ref())
            .and_then(|id| names.deputies.get(id))
            .cloned(),
        author_masked: masked_name(state, letter),
        phone_masked: author.and_then(|account| account.phone_masked).unwrap_or_default(),
        name_shown: case.name_shown,
        submitted_at: case.submitted_at,
        due_at: case.due_at,
        holder: parts::holder(case, &names),
        elapsed: parts::elapsed(&records, state.now(), &names),
        round: case.round,
        supervised: case.supervised,
        tasks: case.tasks.iter().map(task).collect(),
        timeline: timeline(&records, Audience::Staff, sources),
        reply_in_review: case.reply.clone().filter(|_| case.state == CaseState::ReplyReview),
        publication: case.publication,
        consent_publish: case.consent_publish,
        copy: case.copy.clone(),
        copy_approved: case.copy_approved,
        copy_draft: copy_draft(letter, &spoken, &answers, &actor),
        contacts: case.contacts.clone(),
        follow_up_due: case.follow_up_due,
        supervise_due: case.supervise_due,
        merged_into: around.merged_into,
        joined: around.joined,
        part_of: around.part_of,
        parts: around.parts,
        author_left: case.author_left,
        filed_via: letter.filed_via,
        beside: beside(state, letter, &actor).await?,
        origin: state.store.origin_of(&letter.id).await?,
        warnings,
        allowed_events: allowed,
        suggested: related::suggestions(state, case).await?,
        answers: answer_views,
    })
}

/// What was said beside the letter. A part has what the whole had.
async fn beside(state: &AppState, letter: &Letter, actor: &Actor) -> ApiResult<Option<LetterBeside>> {
    let of = letter.part_of.as_ref().unwrap_or(&letter.id);
    let extra = state.store.extra(of).await?;
    if extra == Extra::default() {
        return Ok(None);
    }
    let at_the_station = matches!(
        actor.role,
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Admin
    );
    let shapes = match &extra.spot {
        Some(_) => state.directory().await?.shapes.clone(),
        None => Vec::new(),
    };
    Ok(Some(LetterBeside {
        shown: extra.spot.as_ref().and_then(Spot::on_our_map),
        spot: extra.spot,
        shapes,
        no_calls: extra.may_call == Some(false),
        helper: extra.helper.filter(|_| at_the_station),
    }))
}

/// What was said, as far as it is written down.
fn spoken_words(media: &[MediaRef]) -> String {
    let written = media.iter().filter_map(|item| item.transcript.as_ref());
    written
        .map(|written| written.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

fn guessed_from(spoken: &str, categories: &[Category]) -> Option<Category> {
    if spoken.is_empty() {
        return None;
    }
    let slug = guess_category(spoken, categories)?;
    categories.iter().find(|category| category.slug == slug).cloned()
}

fn task_view(task: &Task, actor: &Actor, drafts: &[Draft], now: i64) -> TaskView {
    let mine = actor.unit_id.as_ref() == Some(&task.unit_id);
    let delegated_here = task.delegate.is_some() && task.delegate == actor.unit_id;
    // A unit's unfinished words are its own, and of whoever writes them for it.
    let draft = drafts
        .iter()
        .find(|draft| (mine || delegated_here) && draft.task_id == task.id);
    TaskView {
        task: task.clone(),
        unit_name: String::new(),
        delegate_name: None,
        mine,
        delegated_here,
        late: task.state.is_open() && task.due_at < now,
        draft: draft.map(|draft| draft.reply.clone()),
        draft_saved_at: draft.map(|draft| draft.saved_at),
    }
}

/// The family name at most, and only where the resident allowed it.
fn masked_name(state: &AppState, letter: &Letter) -> String {
    let shown = letter.case.name_shown != NameShown::Hidden;
    let name = letter.name.as_deref().filter(|_| shown).unwrap_or_default();
    family_name(name).unwrap_or_else(|| super::published::anonymous(state))
}

/// 「李女士」, 「李**」: what of a name the desk shows; nothing of an empty one.
pub fn family_name(name: &str) -> Option<String> {
    let name = name.trim();
    let family = name.chars().next()?;
    let title = ["女士", "先生", "老师", "阿姨", "大爷", "阿婆"]
        .iter()
        .find(|title| name.ends_with(**title));
    Some(format!("{family}{}", title.unwrap_or(&"**")))
}

/// A first draft of the public copy, for those who decide about it.
fn copy_draft(letter: &Letter, spoken: &str, answers: &[Answer], actor: &Actor) -> Option<PublicCopy> {
    let office = matches!(
        actor.role,
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Admin
    );
    let answer = answers.last()?;
    if !office || letter.case.copy.is_some() {
        return None;
    }
    let covered = |text: &str| guard::mask_for_public(text, letter.name.as_deref());
    Some(PublicCopy {
        title: covered(&letter.title),
        body: covered(if letter.body.is_empty() { spoken } else { &letter.body }),
        answer: covered(&answer.text.body),
        attachments: Vec::new(),
    })
}
