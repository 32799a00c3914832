//! Themed online receptions, councils, meetings with enterprises, lectures and study days.
//!
//! What everybody gets alike ([`EventView`], [`QuestionList`]) holds nothing of the person who asks; what is theirs
//! stands in [`EventMine`]. So the public part is made once a change, however many follow it.

use super::{Category, DeputyCard, NamedRef, StationCard, Unit, dto};
use crate::events::{
    EventState, EventType, FollowState, PartyKind, QuestionSort, QuestionState, RegistrationState, ResolutionState,
};
use crate::lifecycle::{CaseClass, CaseState};
use crate::{Id, Millis};

/// `when=` of `GET /events`: what lies ahead, what goes on now, what is over.
pub const EVENT_WHENS: &[&str] = &["upcoming", "live", "past"];

dto! {
    /// An event in a list.
    pub struct EventCard {
        pub id: Id,
        pub kind: EventType,
        pub title: String,
        pub state: EventState,
        pub station_name: String,
        pub station_slug: String,
        pub starts_at: Millis,
        pub ends_at: Millis,
        pub place: String,
        /// It can be followed online as well.
        pub online: bool,
        pub seats: Seats,
        /// Questions that everybody may read.
        pub asked: u32,
    }

    /// How full an event is.
    pub struct Seats {
        /// One has to register to come.
        pub needed: bool,
        /// None: as many as come.
        pub capacity: Option<u32>,
        pub confirmed: u32,
        pub waiting: u32,
        /// Whoever comes too late may wait for a seat.
        pub waiting_list: bool,
    }

    /// `GET /events`.
    pub struct EventList {
        pub items: Vec<EventCard>,
        pub next_cursor: Option<String>,
        pub total: u64,
        /// Stations to narrow the list by.
        pub stations: Vec<NamedRef>,
        pub filter: EventFilter,
    }

    /// A line of the programme.
    #[serde(deny_unknown_fields)]
    pub struct AgendaItem {
        #[serde(default)]
        pub at: Option<Millis>,
        pub text: String,
    }

    /// `GET /events/{id}`: what everybody may know, the same for all.
    pub struct EventView {
        pub card: EventCard,
        /// Raised by every change that everybody may see; the id of the stream's events.
        pub revision: i64,
        pub intro: String,
        pub organiser: String,
        /// The rules of the house.
        pub rules: String,
        pub agenda: Vec<AgendaItem>,
        pub online_url: Option<String>,
        pub station: StationCard,
        /// Who leads through it.
        pub moderators: Vec<String>,
        pub deputies: Vec<DeputyCard>,
        pub units: Vec<NamedRef>,
        pub cancel_reason: Option<String>,
        /// Registration is open now.
        pub takes_registrations: bool,
        /// Questions can be asked and supported now.
        pub takes_questions: bool,
        /// Questions are read by somebody before others see them.
        pub premoderated: bool,
        pub figures: EventFigures,
        /// The question being answered.
        pub live: Option<QuestionView>,
        /// The host's messages, newest first.
        pub broadcasts: Vec<BroadcastView>,
        /// Newest first.
        pub polls: Vec<PollView>,
        /// Once it is finished.
        pub minutes: Option<MinutesView>,
        pub resolutions: Vec<ResolutionView>,
    }

    /// What became of the questions. `asked` is the base of `answered_live`, `answered` and `followed_up`; that is the
    /// base of `done`.
    #[derive(Copy, Default, Eq)]
    pub struct EventFigures {
        /// Questions that everybody may read.
        pub asked: u32,
        /// Answered in the room while it was live.
        pub answered_live: u32,
        /// Answered, there or later.
        pub answered: u32,
        /// Handed to somebody to follow up.
        pub followed_up: u32,
        /// Of these: the letter is closed or the resolution done.
        pub done: u32,
    }

    /// A question as everybody may read it: personal data covered.
    pub struct QuestionView {
        pub id: Id,
        pub text: String,
        /// The name its author chose to show.
        pub name: Option<String>,
        pub asked_at: Millis,
        pub state: QuestionState,
        pub pinned: bool,
        /// How many ask the same.
        pub votes: u32,
        pub answer: Option<AnswerGiven>,
        pub follow_up: Option<FollowUp>,
    }

    /// An answer in words.
    pub struct AnswerGiven {
        pub text: String,
        /// 「区住建局」, 「陆知遥代表」.
        pub by: Option<String>,
        pub at: Millis,
    }

    /// How far a followed-up question has come, as far as everybody may know.
    pub struct FollowUp {
        /// None while it is followed up without a letter.
        pub state: Option<FollowState>,
        /// The unit that has it.
        pub unit_name: Option<String>,
        /// The number of its public copy, once that is published: `/cases/{no}`.
        pub case_no: Option<String>,
        pub done: bool,
    }

    /// `GET /events/{id}/questions`: those that everybody may read, the same for all.
    pub struct QuestionList {
        pub revision: i64,
        pub sort: QuestionSort,
        /// At most [`crate::events::QUESTIONS_SHOWN`].
        pub items: Vec<QuestionView>,
        /// Where this page begins; none: the first.
        pub cursor: Option<String>,
        /// Where those behind them begin.
        pub next_cursor: Option<String>,
        /// All that everybody may read.
        pub total: u32,
    }

    /// What the host said to everybody.
    pub struct BroadcastView {
        pub id: Id,
        pub text: String,
        pub at: Millis,
    }

    /// A poll with its results so far.
    pub struct PollView {
        pub id: Id,
        pub question: String,
        pub options: Vec<PollOption>,
        pub open: bool,
        /// How many voted: the base of every share.
        pub n: u32,
    }

    pub struct PollOption {
        pub text: String,
        pub votes: u32,
    }

    pub struct MinutesView {
        pub text: String,
        pub attendance: Option<u32>,
        pub at: Millis,
    }

    /// Something resolved at an event.
    pub struct ResolutionView {
        pub id: Id,
        pub version: i64,
        pub text: String,
        pub owner: PartyRef,
        pub owner_name: String,
        /// `YYYY-MM-DD`.
        pub due: Option<String>,
        pub state: ResolutionState,
        /// What was done, or why it was dropped.
        pub note: Option<String>,
        /// The question it answers.
        pub question_id: Option<Id>,
        /// Its words, as everybody may read them.
        pub question: Option<String>,
        /// The number of its letter's public copy, once that is published.
        pub case_no: Option<String>,
    }

    /// A deputy, a unit or a station.
    #[derive(Eq)]
    #[serde(deny_unknown_fields)]
    pub struct PartyRef {
        pub kind: PartyKind,
        pub id: Id,
    }

    /// One event of `GET /events/{id}/stream`: something that everybody may see changed. What it is, the event's page
    /// and list of questions say.
    pub struct EventNews {
        pub revision: i64,
        pub state: EventState,
        pub figures: EventFigures,
        /// The question being answered.
        pub live_id: Option<Id>,
    }

    /// One event of `GET /desk/events/{id}/stream`: something changed that the desk may see. What it is, the queue says.
    #[derive(Copy, Eq)]
    pub struct DeskEventNews {
        pub revision: i64,
        /// Questions nobody has looked at yet.
        pub pending: u32,
    }

    /// `GET /events/{id}/mine`: what is one's own at an event.
    pub struct EventMine {
        pub registration: Option<RegistrationView>,
        /// One's own questions in whatever state, newest first.
        pub questions: Vec<MyQuestion>,
        /// Questions one supports.
        pub upvoted: Vec<Id>,
        /// One's votes in polls.
        pub votes: Vec<MyVote>,
        /// How many more questions may be asked now.
        pub questions_left: u32,
    }

    /// One's place at an event. `POST /events/{id}/registrations` answers with it.
    pub struct RegistrationView {
        pub id: Id,
        pub event_id: Id,
        pub state: RegistrationState,
        /// Of those who wait: how many are before one, and oneself.
        pub place_in_line: Option<u32>,
        pub registered_at: Millis,
        /// When a seat became free for somebody who waited.
        pub moved_up_at: Option<Millis>,
    }

    /// `GET /me/events`: an event one registered for or asked at.
    pub struct MyEvent {
        pub card: EventCard,
        pub registration: Option<RegistrationView>,
        pub questions: u32,
    }

    pub struct MyQuestion {
        pub id: Id,
        /// In one's own words.
        pub text: String,
        /// As others read it, where personal data was covered.
        pub shown: Option<String>,
        pub asked_at: Millis,
        pub state: QuestionState,
        /// Why it is not shown to others.
        pub hidden_reason: Option<String>,
        pub votes: u32,
        pub answer: Option<AnswerGiven>,
        pub follow_up: Option<FollowUp>,
        /// The letter made of it: `/mine/{no}`.
        pub letter_no: Option<String>,
    }

    pub struct MyVote {
        pub poll_id: Id,
        /// Its place among the options.
        pub option: u32,
    }

    /// `POST /events/{id}/questions`.
    #[serde(deny_unknown_fields)]
    pub struct NewQuestion {
        pub text: String,
        /// What one wants to be called; none: 「听海区居民」.
        #[serde(default)]
        pub name: Option<String>,
    }

    /// `PUT` and `DELETE /questions/{id}/upvote` answer with it.
    #[derive(Copy, Eq)]
    pub struct Upvoted {
        pub votes: u32,
        pub mine: bool,
    }

    /// `PUT /polls/{id}/vote`.
    #[serde(deny_unknown_fields)]
    pub struct PollVote {
        pub option: u32,
    }
}

dto! {
    /// An event as the desk writes it. `POST /events`, `PUT /events/{id}`.
    #[serde(deny_unknown_fields)]
    pub struct EventDraft {
        pub kind: EventType,
        pub title: String,
        #[serde(default)]
        pub intro: String,
        pub station_id: Id,
        pub organiser: String,
        pub starts_at: Millis,
        pub ends_at: Millis,
        #[serde(default)]
        pub place: String,
        #[serde(default)]
        pub online_url: Option<String>,
        #[serde(default)]
        pub agenda: Vec<AgendaItem>,
        /// Accounts of the office who lead through it.
        #[serde(default)]
        pub moderators: Vec<Id>,
        #[serde(default)]
        pub deputies: Vec<Id>,
        #[serde(default)]
        pub units: Vec<Id>,
        #[serde(default)]
        pub registration: bool,
        #[serde(default)]
        pub capacity: Option<u32>,
        #[serde(default)]
        pub waiting_list: bool,
        #[serde(default)]
        pub premoderated: bool,
        /// Under which letters made of its questions are filed, unless another is chosen then.
        #[serde(default)]
        pub category_id: Option<Id>,
        #[serde(default)]
        pub rules: String,
    }

    /// `POST /events/{id}/state`. The version read goes into `If-Match`.
    #[serde(deny_unknown_fields)]
    pub struct EventStateChange {
        pub to: EventState,
        /// For a cancellation; everybody reads it.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// What changing an event answers with.
    pub struct EventChanged {
        pub id: Id,
        pub version: i64,
        pub revision: i64,
        pub state: EventState,
        /// Where it may go from here.
        pub next: Vec<EventState>,
        /// Who moved up from the waiting list with this change.
        pub moved_up: u32,
    }

    /// `GET /desk/events/{id}`.
    pub struct EventDesk {
        pub id: Id,
        pub version: i64,
        pub draft: EventDraft,
        /// As everybody sees it, drafts included.
        pub view: EventView,
        pub next: Vec<EventState>,
        /// Written and not yet shown.
        pub minutes: Option<String>,
        pub attendance: Option<u32>,
        /// Questions by state, those that nobody else sees included.
        pub counts: Vec<QuestionCount>,
        /// This person may moderate; else they read and write answers, as somebody at the table.
        pub may_moderate: bool,
        /// This person may make letters of questions.
        pub may_file: bool,
        /// This person may write answers.
        pub may_answer: bool,
    }

    pub struct QuestionCount {
        pub state: QuestionState,
        pub count: u32,
    }

    /// `GET /desk/events`: those this person prepares, leads, or sits at the table of.
    pub struct DeskEventList {
        pub items: Vec<DeskEventRow>,
        pub next_cursor: Option<String>,
        pub total: u64,
    }

    pub struct DeskEventRow {
        pub card: EventCard,
        pub version: i64,
        /// Questions nobody has looked at yet.
        pub pending: u32,
        /// Resolutions that are open, and those past their day.
        pub open_resolutions: u32,
        pub late_resolutions: u32,
    }

    /// `GET /desk/events/options`: what the form of an event offers to choose from.
    pub struct EventOptions {
        /// Stations this person may hold events for.
        pub stations: Vec<NamedRef>,
        /// The office's people there.
        pub moderators: Vec<NamedRef>,
        pub deputies: Vec<DeputyCard>,
        pub units: Vec<Unit>,
        pub categories: Vec<Category>,
    }

    /// `GET /desk/events/{id}/questions`: the queue, oldest of the state first.
    pub struct QuestionQueue {
        pub items: Vec<DeskQuestion>,
        /// Where this page begins; none: the first.
        pub cursor: Option<String>,
        /// Where those behind them begin.
        pub next_cursor: Option<String>,
        pub counts: Vec<QuestionCount>,
        pub total: u32,
    }

    /// A question as the moderator sees it.
    pub struct DeskQuestion {
        pub id: Id,
        pub event_id: Id,
        pub version: i64,
        /// In its author's words.
        pub text: String,
        /// As others read it, where personal data was covered.
        pub shown: Option<String>,
        pub name: Option<String>,
        /// 「199****0001」.
        pub phone_masked: Option<String>,
        pub asked_at: Millis,
        pub state: QuestionState,
        pub hidden_reason: Option<String>,
        pub pinned: bool,
        pub votes: u32,
        pub answer: Option<AnswerGiven>,
        pub answered_by: Option<PartyRef>,
        pub follow_up: Option<FollowUp>,
        pub letter: Option<QuestionLetter>,
        /// Where this person may put it.
        pub next: Vec<QuestionState>,
        /// This person may make a letter of it now.
        pub may_file: bool,
    }

    /// The letter made of a question.
    pub struct QuestionLetter {
        pub id: Id,
        pub no: String,
        pub state: CaseState,
        pub unit_name: Option<String>,
        pub due_at: Option<Millis>,
    }

    /// `PATCH /questions/{id}`: what is left out stays. The version read goes into `If-Match`.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct QuestionChange {
        #[serde(default)]
        pub state: Option<QuestionState>,
        /// For hiding; its author reads it.
        #[serde(default)]
        pub reason: Option<String>,
        #[serde(default)]
        pub pinned: Option<bool>,
        #[serde(default)]
        pub answer: Option<String>,
        #[serde(default)]
        pub answered_by: Option<PartyRef>,
    }

    /// `POST /questions/{id}/to-letter`: the question becomes a letter of its author, taken on and assigned at once. Due
    /// dates are the limits'.
    #[serde(deny_unknown_fields)]
    pub struct ToLetter {
        /// The unit that gets it.
        pub unit_id: Id,
        #[serde(default)]
        pub co_unit_ids: Vec<Id>,
        /// None: the event's.
        #[serde(default)]
        pub category_id: Option<Id>,
        /// None: a normal matter.
        #[serde(default)]
        pub class: Option<CaseClass>,
        /// A word to the unit.
        #[serde(default)]
        pub note: Option<String>,
    }

    /// What it answers with, the first time and every other.
    pub struct LetterMade {
        pub question_id: Id,
        pub letter_id: Id,
        pub no: String,
        pub due_at: Option<Millis>,
    }

    /// Where a letter came from: `origin` of a letter.
    pub struct LetterOrigin {
        pub event_id: Id,
        pub event_title: String,
        pub event_kind: EventType,
        pub starts_at: Millis,
        /// None: it came from a resolution.
        pub question_id: Option<Id>,
    }

    /// `POST /events/{id}/broadcasts`.
    #[serde(deny_unknown_fields)]
    pub struct NewBroadcast {
        pub text: String,
    }

    /// `POST /events/{id}/polls`; it is open at once.
    #[serde(deny_unknown_fields)]
    pub struct NewPoll {
        pub question: String,
        pub options: Vec<String>,
    }

    /// `PATCH /polls/{id}`.
    #[serde(deny_unknown_fields)]
    pub struct PollChange {
        pub open: bool,
    }

    /// `PUT /events/{id}/minutes`. The version read goes into `If-Match`.
    #[serde(deny_unknown_fields)]
    pub struct MinutesDraft {
        pub text: String,
        #[serde(default)]
        pub attendance: Option<u32>,
    }

    /// `POST /events/{id}/resolutions`.
    #[serde(deny_unknown_fields)]
    pub struct NewResolution {
        pub text: String,
        pub owner: PartyRef,
        /// `YYYY-MM-DD`.
        #[serde(default)]
        pub due: Option<String>,
        #[serde(default)]
        pub question_id: Option<Id>,
        /// Number or id of a letter that handles it.
        #[serde(default)]
        pub letter: Option<String>,
    }

    /// `PATCH /resolutions/{id}`: what is left out stays. The version read goes into `If-Match`.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct ResolutionChange {
        #[serde(default)]
        pub state: Option<ResolutionState>,
        #[serde(default)]
        pub note: Option<String>,
        #[serde(default)]
        pub due: Option<String>,
        /// Number or id of a letter that handles it.
        #[serde(default)]
        pub letter: Option<String>,
    }

    /// `GET /desk/events/{id}/registrations`: who comes, then who waits, in order.
    pub struct Attendees {
        pub seats: Seats,
        pub items: Vec<Attendee>,
    }

    pub struct Attendee {
        pub id: Id,
        pub name: String,
        pub phone_masked: Option<String>,
        pub state: RegistrationState,
        pub registered_at: Millis,
        pub moved_up_at: Option<Millis>,
    }
}

/// Query parameters of `GET /events`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct EventFilter {
    /// One of [`EVENT_WHENS`]; none: what goes on, then what lies ahead, then what is over.
    pub when: Option<String>,
    /// A code of [`EventType`].
    pub kind: Option<String>,
    /// A station's slug.
    pub station: Option<String>,
    pub cursor: Option<String>,
}

crate::wire!(EventFilter {
    when,
    kind,
    station,
    cursor
});
