//! A resident's letter: writing it, its receipt, following it, rating it.

use super::{
    Area, AreaShape, Category, DeputyCard, Door, LetterExtra, LetterOrigin, MediaRef, PictureRef, StationCard, dto,
};
use crate::lifecycle::{
    AuthorTerms, CaseState, EventKind, HolderKind, LetterKind, NameShown, Outcome, PublicCopy, PublicationState,
    Rating, Role, Urgency,
};
use crate::{Id, Millis};

/// Chips for a low rating: code and the words shown.
pub const RATING_REASONS: &[(&str, &str)] = &[
    ("no_contact", "没人联系我"),
    ("off_point", "答非所问"),
    ("passed_around", "互相推诿"),
    ("late", "超过了期限"),
    ("no_effect", "做了但没效果"),
    ("attitude", "态度不好"),
    ("other", "其他"),
];

dto! {
    /// What the letter form offers to choose from. `GET /write-options`.
    pub struct WriteOptions {
        pub categories: Vec<Category>,
        pub areas: Vec<Area>,
        pub stations: Vec<StationCard>,
        pub deputies: Vec<DeputyCard>,
    }

    /// What is shown beside a letter while it is written, and fetched when somebody writes. `GET /write-hints`.
    pub struct WriteHints {
        /// Outlines of communities, for the map; empty where the station has none.
        #[serde(default)]
        pub shapes: Vec<AreaShape>,
        /// Where other matters are decided: told beside a letter that speaks of one.
        #[serde(default)]
        pub doors: Vec<Door>,
    }

    /// `POST /messages`. The phone is the logged-in account's.
    #[serde(deny_unknown_fields)]
    pub struct NewLetter {
        #[serde(default)]
        pub title: Option<String>,
        pub body: String,
        pub kind: LetterKind,
        /// Category slug.
        #[serde(default)]
        pub category: Option<String>,
        /// True when the resident chose or confirmed kind and category, false when guessed.
        #[serde(default)]
        pub category_by_resident: bool,
        /// Area code of the community or street it is about.
        #[serde(default)]
        pub area: Option<String>,
        /// Where exactly, in the resident's words.
        #[serde(default)]
        pub place: Option<String>,
        /// Slug of the deputy it is addressed to.
        #[serde(default)]
        pub deputy: Option<String>,
        /// Slug of the station; needed when no deputy is named.
        #[serde(default)]
        pub station: Option<String>,
        /// Upload ids, in the order to show.
        #[serde(default)]
        pub attachments: Vec<Id>,
        /// Ids of a recorded voice and of a video, one of each at most. With one of them the letter needs no words.
        #[serde(default)]
        pub media: Vec<Id>,
        /// What the resident wants to be called; optional.
        #[serde(default)]
        pub name: Option<String>,
        pub name_shown: NameShown,
        /// A redacted copy may be published after the answer.
        pub consent_publish: bool,
        /// One's own booking of a reception that was cancelled: this letter is what becomes of it.
        #[serde(default)]
        pub instead_of: Option<Id>,
        #[serde(default)]
        pub extra: LetterExtra,
    }

    /// The answer to `POST /messages`.
    pub struct Receipt {
        pub id: Id,
        /// `TH-2026-004213`.
        pub no: String,
        /// Query code in groups with dashes. Shown once.
        pub code: String,
        pub submitted_at: Millis,
        /// Until when the letter is taken on.
        pub accept_by: Millis,
        pub station_name: String,
        pub station_phone: String,
        pub to_name: String,
        pub state: CaseState,
    }

    /// `POST /track`.
    #[serde(deny_unknown_fields)]
    pub struct TrackRequest {
        /// In any spelling people use.
        pub no: String,
        pub code: String,
    }

    /// A finished upload. `POST /uploads` answers with it.
    pub struct Upload {
        pub id: Id,
        /// Secret that lets this browser use and remove the upload before it belongs to a letter.
        pub token: String,
        pub bytes: u64,
        pub picture: PictureRef,
    }

    /// A letter in its author's list. `GET /me/messages`.
    pub struct MyCaseRow {
        pub no: String,
        pub title: String,
        pub state: CaseState,
        pub submitted_at: Millis,
        pub updated_at: Millis,
        pub holder: HolderView,
        /// Something the resident can do now (answer a question, rate).
        pub needs_you: bool,
    }

    /// Who has the ball, with names.
    pub struct HolderView {
        pub kind: HolderKind,
        /// 「听海区住房和城乡建设局」; none for the resident and nobody.
        pub name: Option<String>,
        pub since: Millis,
        pub due: Option<Millis>,
        /// The clock stands still.
        pub paused: bool,
    }

    /// One step of the elapsed time.
    pub struct ElapsedPart {
        pub kind: HolderKind,
        pub name: Option<String>,
        /// Milliseconds held in all.
        pub held: Millis,
    }

    /// An entry of a timeline, as far as the reader may see it.
    pub struct CaseEventView {
        pub seq: i64,
        pub at: Millis,
        pub kind: EventKind,
        pub by_role: Role,
        /// 「区住建局」, 「陆知遥代表」, 「云帆街道联络站」; never a resident's name.
        pub by_name: Option<String>,
        pub to_state: CaseState,
        /// The words that came with it.
        pub text: Option<String>,
        /// The day it speaks of (a new due date, a promise), milliseconds.
        pub date: Option<Millis>,
        /// A name it speaks of (the unit assigned, the deputy).
        pub about: Option<String>,
        /// Staff only.
        pub internal: bool,
        pub pictures: Vec<PictureRef>,
    }

    /// An answer as the author reads it.
    pub struct AnswerView {
        pub round: u8,
        pub at: Millis,
        pub body: String,
        pub outcome: Outcome,
        pub promise_date: Option<String>,
        pub reason: Option<String>,
        pub contact: Option<String>,
        pub by_name: String,
        /// The deputy who answers, or through whom the answer comes.
        pub deputy: Option<DeputyCard>,
        /// The deputy's own words with a forwarded answer.
        pub words: Option<String>,
        pub rating: Option<Rating>,
        /// 0–100, once rated.
        pub score: Option<u8>,
        /// How the deputy rated the handling; for staff.
        pub deputy_rating: Option<Rating>,
        /// Pictures that came with it.
        pub pictures: Vec<PictureRef>,
    }

    /// The author's own page of a letter. `GET /messages/{no}`.
    pub struct CaseView {
        pub id: Id,
        pub no: String,
        pub version: i64,
        pub title: String,
        pub body: String,
        pub kind: LetterKind,
        pub urgency: Urgency,
        pub category_name: Option<String>,
        pub area_name: Option<String>,
        pub place: Option<String>,
        pub pictures: Vec<PictureRef>,
        /// Voice and video, with what was written down of them.
        pub media: Vec<MediaRef>,
        pub state: CaseState,
        pub submitted_at: Millis,
        pub due_at: Option<Millis>,
        pub holder: HolderView,
        pub elapsed: Vec<ElapsedPart>,
        /// What comes next and by when.
        pub next: NextStepView,
        pub timeline: Vec<CaseEventView>,
        pub answers: Vec<AnswerView>,
        pub to_name: String,
        pub station_name: String,
        pub station_phone: String,
        /// The open question to the resident.
        pub question: Option<String>,
        /// Until when the question about the answer gets its words, while one is open.
        pub follow_up_due: Option<Millis>,
        /// The letter it was joined to: its number.
        pub merged_into: Option<String>,
        /// The parts it was cut into, with where each stands.
        pub parts: Vec<PartView>,
        /// The author withdrew while others stay joined.
        pub author_left: bool,
        /// The survey's rating may still be changed.
        pub rated: bool,
        /// The questions about its answers, oldest first.
        pub follow_ups: Vec<FollowUpView>,
        /// What the author may do now.
        pub allowed_events: Vec<EventKind>,
        /// How often, from when and until when.
        pub terms: AuthorTerms,
        /// Where to rate, while a survey is open: `/rate/{token}`.
        pub rate_token: Option<String>,
        pub promise_date: Option<String>,
        pub publication: PublicationState,
        pub consent_publish: bool,
        /// The redacted copy as others would read it, while pending or published.
        pub copy: Option<PublicCopy>,
        /// The event that it came from.
        pub origin: Option<LetterOrigin>,
        /// What it brought along: the place on the map, whether one may call, who helped.
        pub extra: Option<LetterExtra>,
    }

    /// A part of a letter, as its author sees it.
    pub struct PartView {
        pub title: String,
        pub state: CaseState,
        /// Who has it.
        pub holder: HolderView,
        /// Its answer, once there is one.
        pub answer: Option<AnswerView>,
    }

    /// A question about an answer, and the words to it.
    pub struct FollowUpView {
        /// Which answer it is about: its place in `answers`.
        pub answer: u32,
        pub at: Millis,
        pub text: String,
        /// Until when it gets its words, while it waits.
        pub due: Option<Millis>,
        pub reply: Option<String>,
        pub reply_at: Option<Millis>,
        pub reply_by: Option<String>,
    }

    /// What comes next.
    pub struct NextStepView {
        /// `accept`, `deputy_act`, `assign`, `sign`, `reply`, `review`, `rate`, `decide`, `decide_return`,
        /// `keep_promise`, `resident_answers`, `arbitrate`, `follow_up`, `parts`, `lead`, `none`.
        pub code: String,
        pub by: Option<Millis>,
    }

    /// `GET /surveys/{token}`: what is rated.
    pub struct SurveyView {
        pub no: String,
        pub title: String,
        pub body: String,
        pub place: Option<String>,
        pub pictures: Vec<PictureRef>,
        pub answer: AnswerView,
        /// Until when something can be said about the answer here: a rating, its change, or that it is still not solved.
        pub open_until: Millis,
        /// Already rated.
        pub rated: Option<Rating>,
        pub state: CaseState,
        /// Which of these, until when.
        pub terms: AuthorTerms,
    }

    /// `PUT /surveys/{token}` answers with what follows from the rating.
    pub struct SurveyResult {
        pub no: String,
        /// 0–100.
        pub score: u8,
        /// `closed` or `disputed`.
        pub state: CaseState,
        /// When disputed: until when the office decides.
        pub decide_by: Option<Millis>,
    }
}
