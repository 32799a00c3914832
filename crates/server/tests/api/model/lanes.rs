//! The lanes, said once more: as conditions on a case instead of on columns.

use super::Walk;
use super::mirror::Tracked;
use liaison_domain::dto::{DEPUTY_LANES, OFFICE_LANES, Queue, UNIT_LANES};
use liaison_domain::lifecycle::*;
use liaison_server::rules::Rules;
use liaison_store::StoreError;
use liaison_store::queues::Slice;

impl Walk<'_> {
    /// Compares one lane of each desk, or all of them.
    pub async fn look_at_lanes(&mut self, all: bool) {
        let chosen = |lanes: &'static [&'static str], at: usize| {
            if all {
                lanes.to_vec()
            } else {
                vec![lanes[at % lanes.len()]]
            }
        };
        let at = self.chance.below(1000);
        let (now, rules) = (self.app.state.now(), self.app.state.rules());
        let store = &self.app.state.store;
        let slice = |lane| Slice {
            lane,
            limit: 500,
            ..Slice::default()
        };
        for lane in chosen(OFFICE_LANES, at) {
            for station in [None, Some("s-songjing"), Some("s-yunfan")] {
                let shown = shown(store.office_queue(station, slice(lane), now).await);
                let own = |letter: &Tracked| {
                    station.is_none_or(|own| {
                        letter.case.station_id == own || (own == "s-songjing" && letter.case.station_id == "s-xuefu")
                    })
                };
                let mine = self.mirror.letters.iter().filter(|letter| own(letter));
                let belong = numbers(mine.filter(|letter| in_office(lane, &letter.case, &rules, now)));
                assert_eq!(shown, belong, "office lane {lane} of {station:?}\n{}", self.story());
            }
        }
        for lane in chosen(UNIT_LANES, at) {
            for unit in super::people::UNITS {
                let shown = shown(store.unit_queue(unit, slice(lane), now).await);
                let mine = self.mirror.letters.iter().flat_map(|letter| {
                    let own = |task: &&Task| task.unit_id == *unit || task.delegate.as_deref() == Some(unit);
                    let belongs = |task: &&Task| in_unit(lane, task, &letter.case, now);
                    letter
                        .case
                        .tasks
                        .iter()
                        .filter(own)
                        .filter(belongs)
                        .map(move |_| letter)
                });
                assert_eq!(shown, numbers(mine), "lane {lane} of {unit}\n{}", self.story());
            }
        }
        for lane in chosen(DEPUTY_LANES, at) {
            for deputy in ["d-luzhiyao", "d-guchengyuan"] {
                let shown = shown(store.deputy_queue(deputy, slice(lane), now).await);
                let mine = self.mirror.letters.iter().filter(|letter| {
                    letter.case.deputy_id.as_deref() == Some(deputy) && letter.case.state != CaseState::ScreeningHold
                });
                let belong = numbers(mine.filter(|letter| in_deputys(lane, &letter.case)));
                assert_eq!(shown, belong, "lane {lane} of {deputy}\n{}", self.story());
            }
        }
    }
}

fn shown(queue: Result<Option<Queue>, StoreError>) -> Vec<String> {
    let queue = queue.unwrap().expect("a lane");
    let counted = queue
        .lanes
        .iter()
        .find(|lane| lane.lane == queue.lane)
        .expect("a count")
        .count;
    assert_eq!(
        counted as usize,
        queue.items.len(),
        "{}: the count is what is there",
        queue.lane
    );
    let mut numbers: Vec<String> = queue.items.into_iter().map(|row| row.no).collect();
    numbers.sort();
    numbers
}

fn numbers<'a>(letters: impl Iterator<Item = &'a Tracked>) -> Vec<String> {
    let mut numbers: Vec<String> = letters.map(|letter| letter.no.clone()).collect();
    numbers.sort();
    numbers
}

fn any_task(case: &Case, state: TaskState) -> bool {
    case.tasks.iter().any(|task| task.state == state)
}

fn in_office(lane: &str, case: &Case, rules: &Rules, now: i64) -> bool {
    use CaseState as S;
    let (state, open) = (case.state, case.is_open());
    match lane {
        "new" => matches!(state, S::Submitted | S::Accepted),
        "held" => state == S::ScreeningHold && !case.appealed,
        "appeals" => state == S::ScreeningHold && case.appealed,
        "returned" => open && (state == S::Arbitration || any_task(case, TaskState::ReturnRequested)),
        "extension" => open && any_task(case, TaskState::ExtensionRequested),
        "review" => state == S::ReplyReview,
        "disputed" => state == S::Disputed,
        "follow_up" => case.follow_up_due.is_some(),
        "lookback" => state == S::Tracking,
        "urgent" => open && case.urgency != Urgency::Normal && state != S::Answered,
        "running" => matches!(
            state,
            S::NeedInfo | S::WithDeputy | S::Assigned | S::InProgress | S::SecondHandling | S::Answered
        ),
        "closed" => !open,
        "overdue" => open && !waits(state) && earliest(case).is_some_and(|due| due < now),
        "silent" => {
            let works = matches!(state, S::InProgress | S::SecondHandling) && case.parts.is_empty();
            let begun = case
                .lead_task()
                .map(|task| task.signed_at.unwrap_or(task.dispatched_at));
            let heard = case.last_note_at.into_iter().chain(begun).max();
            let limit = rules.limits_of(case.category_id.as_ref()).note_silence;
            works && heard.is_some_and(|heard| limit.after(heard, &rules.calendar) < now)
        }
        "to_publish" => match case.publication {
            PublicationState::Pending => true,
            PublicationState::Private => {
                let shows = matches!(state, S::Answered | S::Tracking | S::Closed);
                shows && case.consent_publish && case.first_answered_at.is_some()
            }
            _ => false,
        },
        other => panic!("a lane nobody described: {other}"),
    }
}

/// The ball lies with the resident, or with the future.
fn waits(state: CaseState) -> bool {
    matches!(state, CaseState::NeedInfo | CaseState::Answered | CaseState::Tracking)
}

fn earliest(case: &Case) -> Option<i64> {
    [case.holder.due, case.due_at, case.supervise_due]
        .into_iter()
        .flatten()
        .min()
}

fn in_unit(lane: &str, task: &Task, case: &Case, now: i64) -> bool {
    use TaskState as T;
    let kept = case.state == CaseState::Tracking && case.lead_task().is_some_and(|lead| lead.id == task.id);
    match lane {
        "to_sign" => task.state == T::Dispatched,
        "working" => {
            kept || matches!(
                task.state,
                T::Signed | T::Working | T::DraftReply | T::InternalReview | T::ExtensionRequested
            )
        }
        "sent_back" => task.state == T::SentBack,
        "in_review" => matches!(task.state, T::Submitted | T::ReturnRequested),
        "follow_up" => {
            case.follow_up_due.is_some()
                && task.role == TaskRole::Lead
                && task.round == case.round
                && task.state.is_current()
        }
        "overdue" => {
            let due = if task.state == T::Dispatched {
                task.sign_due
            } else {
                task.due_at
            };
            let works = task.state == T::Dispatched || task.state.is_working();
            works && case.paused_since.is_none() && due < now
        }
        "done" => !kept && matches!(task.state, T::AcceptedByOffice | T::Returned | T::Cancelled),
        other => panic!("a lane nobody described: {other}"),
    }
}

fn in_deputys(lane: &str, case: &Case) -> bool {
    use CaseState as S;
    match lane {
        "to_answer" => case.state == S::WithDeputy,
        "follow_up" => case.follow_up_due.is_some(),
        "done" => !case.is_open() || matches!(case.state, S::Answered | S::Tracking),
        "running" => case.is_open() && !matches!(case.state, S::Answered | S::Tracking | S::WithDeputy),
        other => panic!("a lane nobody described: {other}"),
    }
}
