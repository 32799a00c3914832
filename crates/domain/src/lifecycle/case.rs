//! A case as the rules see it, and what a decision yields.

use super::event::{CaseEvent, EventKind, PublicCopy, ReplyText};
use super::state::{
    CaseClass, CaseState, ContactStage, HolderKind, NameShown, Outcome, PublicationState, Role, TaskRole, TaskState,
    Urgency, Visibility,
};
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

/// Who has the ball, since when and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holder {
    pub kind: HolderKind,
    /// Unit, deputy or station; none for the resident and for nobody.
    pub id: Option<Id>,
    pub since: Millis,
    pub due: Option<Millis>,
}

/// One unit's piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    pub id: Id,
    /// 1 for the first handling, 2 for the second.
    pub round: u8,
    pub unit_id: Id,
    pub role: TaskRole,
    pub state: TaskState,
    pub dispatched_at: Millis,
    pub sign_due: Millis,
    pub signed_at: Option<Millis>,
    pub auto_signed: bool,
    pub due_at: Millis,
    pub leader: Option<String>,
    pub section: Option<String>,
    pub officer: Option<String>,
    /// Named by arbitration: cannot be returned.
    pub final_owner: bool,
    /// A granted extension uses this up.
    pub extended: bool,
    /// The day asked for, while an extension is being decided.
    pub extension_until: Option<Millis>,
    /// The unit proposed instead, while a return is being decided.
    pub proposed_unit: Option<Id>,
    /// The state to come back to when a side state ends.
    pub before_side: Option<TaskState>,
    /// The unit one level down that does the work, while this one answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegate: Option<Id>,
}

/// A letter's life so far: everything the rules need and nothing of its text.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each with its own meaning"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub id: Id,
    pub state: CaseState,
    /// Counts events; the optimistic lock.
    pub version: i64,
    pub station_id: Id,
    /// The deputy it is addressed to or lies with.
    pub deputy_id: Option<Id>,
    pub category_id: Option<Id>,
    pub class: Option<CaseClass>,
    pub urgency: Urgency,
    pub submitted_at: Millis,
    pub accepted_at: Option<Millis>,
    /// Until when the resident gets a substantive answer.
    pub due_at: Option<Millis>,
    pub holder: Holder,
    /// 1 for the first handling, 2 for the second, 3 for the one final answer under supervision.
    pub round: u8,
    pub tasks: Vec<Task>,
    /// Where `need_info` goes back to.
    pub before_info: Option<CaseState>,
    /// Questions asked in the present stage.
    pub info_asked: u8,
    /// The due date of the holder who waits while the resident is asked.
    pub held_due: Option<Millis>,
    pub paused_since: Option<Millis>,
    /// Milliseconds the clock stood still.
    pub paused_total: Millis,
    pub bounce_count: u8,
    /// Units that returned it once.
    pub returned_by: Vec<Id>,
    /// The reply under review or given last.
    pub reply: Option<ReplyText>,
    /// The unit or deputy whose words `reply` are.
    pub reply_by: Option<Id>,
    pub outcome: Option<Outcome>,
    /// `YYYY-MM-DD`.
    pub promise_date: Option<String>,
    /// Evidence came that the promise was kept.
    pub promise_kept: bool,
    pub first_answered_at: Option<Millis>,
    pub answered_at: Option<Millis>,
    pub survey_until: Option<Millis>,
    pub rated: bool,
    pub rated_at: Option<Millis>,
    /// When it ended: closed, declined, referred or withdrawn.
    pub closed_at: Option<Millis>,
    /// Closed for good: no way back but an appeal outside.
    pub closed_final: bool,
    pub reopened_after_close: bool,
    pub appealed: bool,
    /// The officer who declined; an appeal needs another.
    pub declined_by: Option<Id>,
    /// The officer who found an urgent letter not urgent; declining it needs another.
    pub lowered_by: Option<Id>,
    pub urge_count: u8,
    pub last_urge_at: Option<Millis>,
    pub supervised: bool,
    /// The supervision's own deadline.
    pub supervise_due: Option<Millis>,
    /// When the resident last read of progress.
    pub last_note_at: Option<Millis>,
    pub merged_into: Option<Id>,
    pub before_merge: Option<CaseState>,
    pub merged_at: Option<Millis>,
    pub parts: Vec<Id>,
    pub publication: PublicationState,
    pub consent_publish: bool,
    pub name_shown: NameShown,
    /// The redacted copy under discussion or published.
    pub copy: Option<PublicCopy>,
    pub copy_proposed_at: Option<Millis>,
    pub copy_approved: bool,
    /// Signatory of the reply under review.
    pub signatory: Option<String>,
    /// Signatory of the last answer, so that a second handling gets another.
    pub last_signatory: Option<String>,
    /// Letters joined to this one.
    #[serde(default)]
    pub joined: Vec<Id>,
    /// The author withdrew while others stay joined: the office goes on without them.
    #[serde(default)]
    pub author_left: bool,
    /// Questions asked about the present answer.
    #[serde(default)]
    pub follow_ups: u8,
    /// Until when the open question about the answer gets its words.
    #[serde(default)]
    pub follow_up_due: Option<Millis>,
    /// The deputy has rated the present answer.
    #[serde(default)]
    pub deputy_rated: bool,
    /// The conversations with the resident, in order.
    #[serde(default)]
    pub contacts: Vec<ContactStage>,
    /// The leader who kept it closed; an appeal needs another.
    #[serde(default)]
    pub kept_closed_by: Option<Id>,
    #[serde(default)]
    pub closing_appealed: bool,
    /// Filed by staff for the resident.
    #[serde(default)]
    pub on_behalf: bool,
    /// What happened last, for taking it back.
    #[serde(default)]
    pub last_act: Option<LastAct>,
}

/// Who did what when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAct {
    pub by: Option<Id>,
    pub kind: EventKind,
    pub at: Millis,
}

/// Who acts, as established by the server; never taken from a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub account_id: Option<Id>,
    pub role: Role,
    /// The unit an officer works for.
    pub unit_id: Option<Id>,
    /// The station a clerk works for; none for the head station's staff, who see all.
    pub station_id: Option<Id>,
    /// The deputy this account is.
    pub deputy_id: Option<Id>,
    /// The resident who wrote this very letter (by login, or by number and code).
    pub is_author: bool,
}

impl Actor {
    /// A background job or an automatic consequence.
    pub const fn system() -> Self {
        Self {
            account_id: None,
            role: Role::System,
            unit_id: None,
            station_id: None,
            deputy_id: None,
            is_author: false,
        }
    }
}

/// One entry of the append-only log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRecord {
    /// 1 for the first event of the case.
    pub seq: i64,
    pub at: Millis,
    pub actor: Actor,
    pub event: CaseEvent,
    /// None before the first event.
    pub from: Option<CaseState>,
    pub to: CaseState,
    pub visibility: Visibility,
    /// What the rules worked out at that moment and could not work out again: new ids, due dates, the holder.
    #[serde(default)]
    pub facts: Facts,
}

/// A new task, with the dates the calendar gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    pub id: Id,
    pub unit_id: Id,
    pub role: TaskRole,
    pub sign_due: Millis,
    pub due_at: Millis,
}

/// New dates of a task after a pause, an extension or a change of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedTask {
    pub id: Id,
    pub sign_due: Millis,
    pub due_at: Millis,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_until: Option<Millis>,
}

/// Everything an event led to that depends on the calendar, the limits or on fresh ids. With it, a case is the plain
/// fold of its records, whatever the calendar and the limits are later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// The number of the table's row that let the event pass.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub row: String,
    /// Of the first record only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<NewTask>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedTask>,
    /// The resident's new due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey_until: Option<Millis>,
    /// Until when a question about the answer gets its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up_due: Option<Millis>,
    /// The waiting holder's new date while the resident is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_due: Option<Millis>,
    /// What the case was before the step that is taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restored: Option<Box<Case>>,
    /// Who has the ball from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
}

/// Something that somebody has to be told. Words are made where it is shown or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub to: NoticeTo,
    pub kind: EventKind,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeTo {
    Resident,
    Office(Id),
    Deputy(Id),
    Unit(Id),
}

/// What an accepted event leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effects {
    /// The case afterwards.
    pub case: Case,
    /// What to append to the log.
    pub record: EventRecord,
    pub notices: Vec<Notice>,
    /// Events that follow by themselves, at once and by the system (a promise after an answer with outcome B).
    pub then: Vec<CaseEvent>,
}

/// Why an event was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub kind: RefusalKind,
    /// The field of the event that is wrong, if one is.
    pub field: Option<String>,
}

super::state::coded_enum! {
    /// The kinds of refusal; the words for people stand in the clients' `i18n`.
    RefusalKind {
        /// Not from this state: 409 with `allowed_events`.
        WrongState = "wrong_state",
        /// Not this person's to do: 403.
        NotAllowed = "not_allowed",
        /// A text that must be there is missing: 422.
        TextMissing = "text_missing",
        /// A date is missing, in the past or outside its limit: 422.
        DateInvalid = "date_invalid",
        /// The time for it is over: 409.
        TooLate = "too_late",
        /// Not yet: 409.
        TooEarly = "too_early",
        /// Used up (questions, returns, urges, extensions): 409.
        LimitReached = "limit_reached",
        /// The same person or unit may not decide twice: 409.
        SamePerson = "same_person",
        /// An unknown task, or one of another unit: 422.
        TaskUnknown = "task_unknown",
        /// A value out of its range: 422.
        ValueInvalid = "value_invalid",
        /// Publishing without the resident's consent, or before the copy was shown long enough: 409.
        NoConsent = "no_consent",
        /// The final owner cannot return: 409.
        FinalOwner = "final_owner",
        /// Somebody else was quicker: the version read is not the present one: 409 with `allowed_events`.
        Stale = "stale",
        /// The sender may write urgent letters only for now: 403.
        Restricted = "restricted",
        /// Warnings about the reply were not acknowledged: 422 with their codes.
        Unread = "unread",
    }
}

crate::wire!(Task {
    id,
    round,
    unit_id,
    role,
    state,
    dispatched_at,
    sign_due,
    signed_at,
    auto_signed,
    due_at,
    leader,
    section,
    officer,
    final_owner,
    extended,
    extension_until,
    proposed_unit,
    before_side,
    delegate
});
