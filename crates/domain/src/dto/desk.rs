//! What staff and deputies work with.

use super::{
    AnswerView, CaseEventView, Category, DeputyCard, ElapsedPart, HolderView, LetterBeside, LetterOrigin, MediaRef,
    NamedRef, PictureRef, RelatedLetter, Unit, dto,
};
use crate::lifecycle::{
    CaseClass, CaseEvent, CaseState, ContactStage, EventKind, FiledVia, LetterKind, NameShown, PublicCopy,
    PublicationState, ReplyText, Task, TaskRole, Urgency,
};
use crate::reply::Finding;
use crate::{Id, Millis};

/// The office's lanes, as `lane=` of `GET /office/queue`, in the order of the rail.
pub const OFFICE_LANES: &[&str] = &[
    "new",
    "held",
    "returned",
    "extension",
    "review",
    "disputed",
    "follow_up",
    "to_publish",
    "overdue",
    "silent",
    "lookback",
    "appeals",
    "urgent",
    "running",
    "closed",
];

/// A unit's lanes, as `lane=` of `GET /unit/tasks`.
pub const UNIT_LANES: &[&str] = &[
    "to_sign",
    "working",
    "sent_back",
    "follow_up",
    "in_review",
    "overdue",
    "done",
];

/// A deputy's lanes, as `lane=` of `GET /deputy/inbox`.
pub const DEPUTY_LANES: &[&str] = &["to_answer", "follow_up", "running", "done"];

/// Counts of lanes and searches go so far; one more stands for more than that (「999+」).
pub const COUNTED: u64 = 999;

/// A count as it is read: 「999+」 where counting ended.
pub fn counted(count: u64) -> String {
    if count > COUNTED {
        [&COUNTED.to_string(), "+"].concat()
    } else {
        count.to_string()
    }
}

dto! {
    /// A lane with its count, up to [`COUNTED`] and one more.
    pub struct LaneCount {
        pub lane: String,
        pub count: u32,
        /// Of these, past their time; counted as far.
        pub late: u32,
    }

    /// `GET /office/queue`, `/unit/tasks`, `/deputy/inbox`.
    pub struct Queue {
        pub lane: String,
        pub lanes: Vec<LaneCount>,
        pub items: Vec<QueueRow>,
        pub next_cursor: Option<String>,
        pub total: u64,
    }

    /// One letter in a lane.
    pub struct QueueRow {
        pub id: Id,
        pub no: String,
        pub title: String,
        pub kind: LetterKind,
        pub state: CaseState,
        pub urgency: Urgency,
        pub category_name: Option<String>,
        pub area_name: Option<String>,
        pub station_name: String,
        pub submitted_at: Millis,
        pub updated_at: Millis,
        pub holder: HolderView,
        /// The day that counts in this lane.
        pub due: Option<Millis>,
        pub late: bool,
        pub pictures: u32,
        pub supervised: bool,
        pub round: u8,
        /// The version, for steps taken from the list.
        pub version: i64,
        /// The unit with the lead task.
        pub unit_name: Option<String>,
    }

    /// A letter as staff see it: the person masked, everything else whole. `GET /desk/cases/{id}`.
    pub struct DeskCase {
        pub id: Id,
        pub no: String,
        pub version: i64,
        pub title: String,
        pub body: String,
        pub kind: LetterKind,
        pub state: CaseState,
        pub urgency: Urgency,
        pub class: Option<CaseClass>,
        pub category: Option<Category>,
        /// The category came from a guess.
        pub category_guessed: bool,
        pub area_name: Option<String>,
        pub place: Option<String>,
        pub pictures: Vec<PictureRef>,
        /// Voice and video, with what was written down of them.
        pub media: Vec<MediaRef>,
        pub station: NamedRef,
        pub deputy: Option<DeputyCard>,
        /// 「李女士」 or 「听海区居民」; never more.
        pub author_masked: String,
        pub phone_masked: String,
        pub name_shown: NameShown,
        pub submitted_at: Millis,
        pub due_at: Option<Millis>,
        pub holder: HolderView,
        pub elapsed: Vec<ElapsedPart>,
        pub round: u8,
        pub supervised: bool,
        pub tasks: Vec<TaskView>,
        pub timeline: Vec<CaseEventView>,
        pub answers: Vec<AnswerView>,
        /// The reply under review, exactly as the resident will read it.
        pub reply_in_review: Option<ReplyText>,
        pub publication: PublicationState,
        pub consent_publish: bool,
        pub copy: Option<PublicCopy>,
        pub copy_approved: bool,
        /// While `copy` is none: a first draft of it, masked by the personal-data guard.
        pub copy_draft: Option<PublicCopy>,
        /// Conversations with the resident, in order.
        pub contacts: Vec<ContactStage>,
        /// Until when a question about the answer gets its words, while one is open.
        pub follow_up_due: Option<Millis>,
        /// Until when somebody is to be told by a supervision, while there is one.
        pub supervise_due: Option<Millis>,
        /// The letter it was joined to.
        pub merged_into: Option<RelatedLetter>,
        /// Letters joined to it.
        pub joined: Vec<RelatedLetter>,
        /// The letter it is a part of, and the parts it has.
        pub part_of: Option<RelatedLetter>,
        pub parts: Vec<RelatedLetter>,
        /// The author withdrew while others stayed joined.
        pub author_left: bool,
        /// How it came, when staff filed it.
        pub filed_via: Option<FiledVia>,
        /// Where it is on the map, who helped, whether its author may be called; none where nothing of it was said.
        pub beside: Option<LetterBeside>,
        /// The event that it came from.
        pub origin: Option<LetterOrigin>,
        /// Warnings about the reply under review, for those who release it.
        pub warnings: Vec<Finding>,
        /// What this person may do now.
        pub allowed_events: Vec<EventKind>,
        /// What the rules would set: due date on accepting, by class.
        pub suggested: Suggestions,
    }

    /// Defaults for the forms of the desk.
    pub struct Suggestions {
        /// Answer due if accepted now: simple, normal, urgent.
        pub due_simple: Millis,
        pub due_normal: Millis,
        pub due_urgent: Millis,
        /// The category's usual units, lead first.
        pub units: Vec<SuggestedUnit>,
    }

    /// A unit that probably answers for the matter, and why.
    pub struct SuggestedUnit {
        pub unit: Unit,
        pub role: TaskRole,
        /// 「权责清单：电梯由区住建局主办（三定规定第四条）」.
        pub why: String,
        /// Letters of the category it answered in the last year.
        pub answered: u32,
    }

    /// A task with names.
    pub struct TaskView {
        pub task: Task,
        pub unit_name: String,
        /// The unit that does the work one level down.
        pub delegate_name: Option<String>,
        /// This person's own unit's task.
        pub mine: bool,
        /// This person's unit does the work for the task's.
        pub delegated_here: bool,
        pub late: bool,
        /// The reply being written, for the unit's own eyes.
        pub draft: Option<ReplyText>,
        pub draft_saved_at: Option<Millis>,
    }

    /// The answer to an accepted event.
    pub struct EventAccepted {
        pub id: Id,
        pub version: i64,
        pub state: CaseState,
        pub allowed_events: Vec<EventKind>,
    }

    /// `PUT /assignments/{id}/draft`: keeps a reply while it is being written.
    #[serde(deny_unknown_fields)]
    pub struct DraftReply {
        pub reply: ReplyText,
    }

    /// What desk forms offer to choose from. `GET /desk/options`.
    pub struct DeskOptions {
        pub categories: Vec<Category>,
        pub units: Vec<Unit>,
        pub deputies: Vec<DeputyCard>,
        pub decline_reasons: Vec<ReasonCode>,
        pub keep_closed_reasons: Vec<ReasonCode>,
        pub channels: Vec<Channel>,
    }

    /// A reason from the station's library, with its way out.
    pub struct ReasonCode {
        pub code: String,
        pub text: String,
        /// Where the resident can go instead.
        pub way_out: String,
    }

    /// An outside channel to refer to.
    pub struct Channel {
        pub code: String,
        pub name: String,
        pub phone: String,
    }
}

/// `POST /messages/{id}/events`. The version read goes into `If-Match`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EventRequest {
    pub event: CaseEvent,
}
