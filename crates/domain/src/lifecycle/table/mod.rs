//! The transition table: the specification's 41 rows and our own, as data. [`super::apply`] reads nothing else.
//!
//! Where the specification leaves something open, the row's comment says what was decided.

mod answers;
mod intake;
mod publication;
mod units;
mod whole;

use super::event::EventKind as E;
use super::guards as g;
use super::row::{Party, Row, To};
use super::state::CaseState as S;
use super::state::Visibility as V;

const BASE: Row = Row {
    no: "",
    event: E::Submit,
    from: &[],
    to: To::Same,
    by: &[],
    when: None,
    guard: g::none,
    guard_words: "",
    limit: None,
    notify: &[],
    seen: V::Resident,
    told: "",
};

/// Every state in which somebody still has to do something.
pub const OPEN: &[S] = &[
    S::Submitted,
    S::ScreeningHold,
    S::NeedInfo,
    S::Accepted,
    S::WithDeputy,
    S::Assigned,
    S::InProgress,
    S::Arbitration,
    S::ReplyReview,
    S::Answered,
    S::Disputed,
    S::SecondHandling,
    S::Tracking,
];

/// Whatever its state, as long as there is a person behind it.
const ANY: &[S] = &[
    S::Submitted,
    S::ScreeningHold,
    S::NeedInfo,
    S::Accepted,
    S::WithDeputy,
    S::Assigned,
    S::InProgress,
    S::Arbitration,
    S::ReplyReview,
    S::Answered,
    S::Disputed,
    S::SecondHandling,
    S::Tracking,
    S::Closed,
    S::Declined,
    S::Referred,
    S::Merged,
    S::Withdrawn,
];

/// Taken on, and with something to show.
const SHOWABLE: &[S] = &[
    S::NeedInfo,
    S::Accepted,
    S::WithDeputy,
    S::Assigned,
    S::InProgress,
    S::Arbitration,
    S::ReplyReview,
    S::Answered,
    S::Disputed,
    S::SecondHandling,
    S::Tracking,
    S::Closed,
];

/// The first row: it makes a case where there is none, see [`super::open`].
pub static SUBMIT: Row = Row {
    no: "1",
    event: E::Submit,
    to: To::State(S::Submitted),
    by: &[],
    guard_words: "resident; office, deputy or system on behalf; not restricted, or urgent; the API's idempotency key",
    limit: Some("accept"),
    notify: &[Party::Office, Party::Deputy],
    seen: V::Public,
    told: "已收到:编号、查询码,2 个工作日内受理",
    ..BASE
};

/// The rows in the specification's order, our own at the end of each part.
static TABLE: &[&[Row]] = &[intake::ROWS, units::ROWS, answers::ROWS, whole::ROWS, publication::ROWS];

/// Every row but the first, in order.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().flat_map(|part| part.iter())
}
