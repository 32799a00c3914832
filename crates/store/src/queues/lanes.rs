//! What stands in which lane.

/// At an end.
pub(super) const ENDED: &str = "m.state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived')";

/// Not past its time, because the ball lies with the resident or with the future.
pub(super) const WAITS: &str = "m.paused = TRUE OR m.state IN ('need_info', 'answered', 'tracking')";

/// The states of [`WAITS`].
const WAITING: &[&str] = &["need_info", "answered", "tracking"];

/// All others but those of [`ENDED`].
const MOVING: &[&str] = &[
    "submitted",
    "screening_hold",
    "accepted",
    "with_deputy",
    "assigned",
    "in_progress",
    "arbitration",
    "reply_review",
    "disputed",
    "second_handling",
];

/// Letters or tasks of one lane.
#[derive(Debug)]
pub(super) struct Lane {
    /// In one of these states; empty where `rest` says it all. The indexes of open letters are sorted by the day within
    /// each state.
    pub states: &'static [&'static str],
    /// What else they have in common.
    pub rest: String,
    /// The order of the index that holds this lane of all stations and no other: counted in it, so that the engine takes
    /// no other.
    pub order: &'static str,
    /// Whether an index holds it by station: a station's rows are found without walking past those of others.
    pub is_by_station: bool,
    pub late: Late,
}

/// Which of a lane's rows are late.
#[derive(Debug)]
pub(super) enum Late {
    /// None ever is.
    Never,
    /// Every one is.
    All,
    /// As the desk says.
    AsDesk,
}

impl Lane {
    /// In these states, and `rest`.
    fn of(states: &'static [&'static str], rest: impl Into<String>) -> Self {
        Self {
            states,
            rest: rest.into(),
            order: "",
            is_by_station: true,
            late: Late::AsDesk,
        }
    }

    /// With an index of its own, in this order.
    fn alone(rest: impl Into<String>, order: &'static str) -> Self {
        Self {
            order,
            is_by_station: false,
            ..Self::of(&[], rest)
        }
    }

    /// As one condition.
    pub fn condition(&self) -> String {
        among(self.states, &self.rest)
    }

    /// Those of its states' rows that are late; none where states do not tell, or where none can be.
    pub fn late_of_states(&self) -> Option<String> {
        let moving: Vec<&str> = self
            .states
            .iter()
            .copied()
            .filter(|state| !WAITING.contains(state))
            .collect();
        let rest = format!("m.sort_due < $1 AND m.paused = FALSE AND {}", self.rest);
        (!moving.is_empty()).then(|| among(&moving, &rest))
    }
}

fn among(states: &[&str], rest: &str) -> String {
    if states.is_empty() {
        return rest.to_owned();
    }
    format!("m.state IN ('{}') AND {rest}", states.join("', '"))
}

const BY_DAY: &str = "ORDER BY m.sort_due";

/// What the indexes say: the same words, so that an engine sees that they answer.
fn open() -> String {
    format!("NOT ({ENDED})")
}

pub(super) fn office_lane(name: &str) -> Option<Lane> {
    let open = open();
    Some(match name {
        "new" => Lane::of(&["submitted", "accepted"], open),
        "held" => Lane::of(&["screening_hold"], format!("m.appealed = FALSE AND {open}")),
        "returned" => Lane::alone(
            format!("(m.in_return = TRUE OR m.state = 'arbitration') AND {open}"),
            BY_DAY,
        ),
        "extension" => Lane::alone(format!("m.in_extension = TRUE AND {open}"), "ORDER BY m.in_extension"),
        "silent" => Lane::alone("m.silent_at < $1", "ORDER BY m.silent_at"),
        "follow_up" => Lane::alone("m.follow_up_due IS NOT NULL", "ORDER BY m.follow_up_due"),
        "review" => Lane::of(&["reply_review"], open),
        "disputed" => Lane::of(&["disputed"], open),
        "to_publish" => Lane {
            order: BY_DAY,
            ..Lane::of(&[], "m.to_publish = TRUE")
        },
        "overdue" => Lane {
            late: Late::All,
            ..Lane::of(MOVING, format!("m.sort_due < $1 AND m.paused = FALSE AND {open}"))
        },
        "lookback" => Lane {
            late: Late::Never,
            ..Lane::of(&["tracking"], open)
        },
        "appeals" => Lane::of(&["screening_hold"], format!("m.appealed = TRUE AND {open}")),
        "urgent" => Lane::alone(
            format!("m.urgency <> 'normal' AND m.state <> 'answered' AND {open}"),
            BY_DAY,
        ),
        "running" => Lane::of(
            &[
                "need_info",
                "with_deputy",
                "assigned",
                "in_progress",
                "second_handling",
                "answered",
            ],
            open,
        ),
        "closed" => Lane {
            order: "ORDER BY m.updated_at",
            late: Late::Never,
            ..Lane::of(&[], ENDED)
        },
        _ => return None,
    })
}

/// The unit still has something to do.
pub(super) const TASK_OPEN: &str = "t.state IN ('dispatched', 'signed', 'working', 'draft_reply', 'internal_review', 'extension_requested', 'sent_back')";

/// Neither given back nor cancelled.
const TASK_CURRENT: &str = "t.state NOT IN ('returned', 'cancelled')";

pub(super) fn unit_lane(name: &str) -> Option<Lane> {
    let late = match name {
        "overdue" => Late::All,
        "done" => Late::Never,
        _ => Late::AsDesk,
    };
    let condition = match name {
        "to_sign" => "t.state = 'dispatched'".to_owned(),
        "working" => {
            "t.tracking = TRUE OR t.state IN ('signed', 'working', 'draft_reply', 'internal_review', 'extension_requested')".to_owned()
        }
        "sent_back" => "t.state = 'sent_back'".to_owned(),
        "follow_up" => format!("m.follow_up_due IS NOT NULL AND t.role = 'lead' AND t.round = m.round AND {TASK_CURRENT}"),
        "in_review" => "t.state IN ('submitted', 'return_requested')".to_owned(),
        "overdue" => format!("m.paused = FALSE AND t.sort_due < $1 AND {TASK_OPEN}"),
        "done" => "t.tracking = FALSE AND t.state IN ('accepted_by_office', 'returned', 'cancelled')".to_owned(),
        _ => return None,
    };
    Some(Lane {
        late,
        ..Lane::alone(condition, "")
    })
}

pub(super) fn deputy_lane(name: &str) -> Option<Lane> {
    Some(match name {
        "to_answer" => Lane::of(&["with_deputy"], "1 = 1"),
        "follow_up" => Lane::alone("m.follow_up_due IS NOT NULL", "ORDER BY m.follow_up_due"),
        "running" => Lane::of(
            &[
                "submitted",
                "need_info",
                "accepted",
                "assigned",
                "in_progress",
                "arbitration",
                "reply_review",
                "disputed",
                "second_handling",
            ],
            "1 = 1",
        ),
        "done" => Lane {
            late: Late::Never,
            ..Lane::alone(format!("m.state IN ('answered', 'tracking') OR {ENDED}"), "")
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::lifecycle::CaseState;
    use std::collections::BTreeSet;

    #[test]
    fn every_state_moves_or_waits_or_is_at_an_end() {
        let quoted = |state: &&str| format!("'{state}'");
        for state in CaseState::ALL {
            let code = state.code();
            let places = [
                MOVING.contains(&code),
                WAITING.contains(&code),
                ENDED.contains(&quoted(&code)),
            ];
            assert_eq!(places.iter().filter(|is_there| **is_there).count(), 1, "{code}");
            assert_eq!(!state.is_open(), places[2], "{code}");
            assert_eq!(WAITS.contains(&quoted(&code)), places[1], "{code}");
        }
        let all = MOVING.len() + WAITING.len() + ENDED.matches('\'').count() / 2;
        assert_eq!(all, CaseState::ALL.len(), "and none of them is made up");
        assert_eq!(MOVING.iter().collect::<BTreeSet<_>>().len(), MOVING.len());
    }
}
