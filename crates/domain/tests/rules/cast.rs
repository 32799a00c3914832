//! The people of the tests, and a desk that keeps a case with its log.

use liaison_domain::calendar::{DAY_MS, Date, WorkCalendar, demo_calendar};
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};

/// Monday, 2 March 2026, 10:00 in Shanghai.
pub fn monday() -> Millis {
    Date::new(2026, 3, 2).expect("a date").at_minute(600)
}

/// The last millisecond of a day.
pub fn end_of(year: i32, month: u8, day: u8) -> Millis {
    Date::new(year, month, day).expect("a date").end()
}

pub fn id(text: &str) -> Id {
    text.to_owned()
}

fn actor(role: Role, account: &str) -> Actor {
    Actor {
        account_id: Some(id(account)),
        role,
        unit_id: None,
        station_id: None,
        deputy_id: None,
        is_author: false,
    }
}

pub fn resident() -> Actor {
    Actor {
        is_author: true,
        ..actor(Role::Resident, "resident")
    }
}

/// Another resident than the author.
pub fn stranger() -> Actor {
    actor(Role::Resident, "stranger")
}

pub fn officer() -> Actor {
    Actor {
        station_id: Some(id("station")),
        ..actor(Role::StationOfficer, "officer")
    }
}

pub fn second_officer() -> Actor {
    Actor {
        station_id: Some(id("station")),
        ..actor(Role::StationOfficer, "officer-2")
    }
}

pub fn foreign_officer() -> Actor {
    Actor {
        station_id: Some(id("elsewhere")),
        ..actor(Role::StationLeader, "officer-3")
    }
}

pub fn leader() -> Actor {
    Actor {
        station_id: Some(id("station")),
        ..actor(Role::StationLeader, "leader")
    }
}

/// The head station's admin.
pub fn admin() -> Actor {
    actor(Role::Admin, "admin")
}

pub fn deputy() -> Actor {
    Actor {
        deputy_id: Some(id("deputy")),
        ..actor(Role::Deputy, "deputy-account")
    }
}

pub fn unit(name: &str) -> Actor {
    Actor {
        unit_id: Some(id(name)),
        ..actor(Role::UnitOfficer, name)
    }
}

pub fn unit_leader(name: &str) -> Actor {
    Actor {
        unit_id: Some(id(name)),
        ..actor(Role::UnitLeader, name)
    }
}

/// Everybody who might do something.
pub fn everybody() -> Vec<Actor> {
    vec![
        resident(),
        officer(),
        second_officer(),
        leader(),
        admin(),
        deputy(),
        unit("A"),
        unit("B"),
        unit_leader("A"),
        unit_leader("B"),
        unit("?"),
        unit_leader("?"),
        Actor::system(),
        stranger(),
        foreign_officer(),
    ]
}

/// A reply with an outcome, complete for it.
pub fn reply(outcome: Outcome, promise_date: Option<&str>) -> ReplyText {
    ReplyText {
        body: id("已现场查看并修复。"),
        outcome,
        promise_date: promise_date.map(id),
        reason: (outcome == Outcome::C).then(|| id("产权不清")),
        contact: None,
        attachments: Vec::new(),
        parts: None,
    }
}

/// The same level in all three dimensions.
pub fn rating(level: u8, solved: Solved) -> Rating {
    Rating {
        attitude: level,
        process: level,
        result: level,
        solved,
        reasons: vec![id("no_effect")],
        text: String::new(),
    }
}

/// A case with its log, its clock, its calendar and its limits.
#[derive(Clone)]
pub struct Desk {
    pub now: Millis,
    pub calendar: WorkCalendar,
    pub limits: Limits,
    pub case: Case,
    pub log: Vec<EventRecord>,
    pub told: Vec<Notice>,
    fresh: u32,
}

impl Desk {
    /// A letter to the deputy, arrived on Monday morning.
    pub fn new() -> Self {
        Self::with(demo_calendar(), Limits::default(), Urgency::Normal)
    }

    pub fn with(calendar: WorkCalendar, limits: Limits, urgency: Urgency) -> Self {
        let new = new_case(urgency);
        let effects = open(new, &Context::new(monday(), resident(), &calendar, &limits)).expect("a letter arrives");
        let mut desk = Self {
            now: monday(),
            case: effects.case,
            log: vec![effects.record],
            told: effects.notices,
            calendar,
            limits,
            fresh: 0,
        };
        for event in effects.then {
            desk.by(Actor::system(), event);
        }
        desk
    }

    /// A letter accepted as a normal matter and assigned to unit A.
    pub fn assigned() -> Self {
        let mut desk = Self::new();
        desk.accept();
        desk.by(officer(), assign("A", &[]));
        desk
    }

    /// Unit A signed.
    pub fn in_progress() -> Self {
        let mut desk = Self::assigned();
        desk.sign("A");
        desk
    }

    /// Unit A's answer was released.
    pub fn answered(outcome: Outcome, promise: Option<&str>) -> Self {
        let mut desk = Self::in_progress();
        desk.submit("A", reply(outcome, promise), "王科长");
        desk.by(
            officer(),
            CaseEvent::Release {
                forwarded_by_deputy: None,
                words: None,
                acknowledged: Vec::new(),
            },
        );
        desk
    }

    pub fn accept(&mut self) {
        self.by(officer(), accept(CaseClass::Normal, Urgency::Normal));
    }

    pub fn sign(&mut self, name: &str) {
        let task_id = self.task_of(name);
        self.by(
            unit(name),
            CaseEvent::Sign {
                task_id,
                section: id("物业科"),
                officer: id("小陈"),
            },
        );
    }

    pub fn submit(&mut self, name: &str, reply: ReplyText, signed_off_by: &str) {
        let task_id = self.task_of(name);
        self.by(
            unit(name),
            CaseEvent::SubmitReply {
                task_id,
                reply,
                signed_off_by: id(signed_off_by),
            },
        );
    }

    /// The unit's newest task.
    pub fn task_of(&self, name: &str) -> Id {
        let task = self.case.tasks.iter().rev().find(|task| task.unit_id == name);
        task.unwrap_or_else(|| panic!("unit {name} has no task")).id.clone()
    }

    pub fn task(&self, name: &str) -> &Task {
        self.case.task(&self.task_of(name)).expect("the task is there")
    }

    /// Lets days pass by the clock.
    pub fn days(&mut self, days: i64) -> &mut Self {
        self.now += days * DAY_MS;
        self
    }

    /// It happens, with everything that follows by itself.
    pub fn by(&mut self, actor: Actor, event: CaseEvent) -> &mut Self {
        let kind = event.kind();
        if let Err(refusal) = self.try_by(actor, event) {
            panic!(
                "{} from {} was refused: {} {:?}",
                kind.code(),
                self.case.state.code(),
                refusal.kind.code(),
                refusal.field
            );
        }
        self
    }

    /// It happens, with everything that follows by itself, or is refused.
    #[expect(clippy::needless_pass_by_value, reason = "the stories hand over what happens")]
    pub fn try_by(&mut self, actor: Actor, event: CaseEvent) -> Result<(), Refusal> {
        for follow_up in self.one(actor, &event)? {
            let kind = follow_up.kind();
            if let Err(refusal) = self.try_by(Actor::system(), follow_up) {
                panic!("{} did not follow by itself: {}", kind.code(), refusal.kind.code());
            }
        }
        Ok(())
    }

    fn one(&mut self, actor: Actor, event: &CaseEvent) -> Result<Vec<CaseEvent>, Refusal> {
        let before = matches!(event, CaseEvent::Undo {})
            .then(|| self.before_last())
            .flatten();
        let ctx = Context {
            before: before.as_ref(),
            ..self.context(actor, event.ids_needed())
        };
        let effects = apply(&self.case, event, &ctx)?;
        self.fresh += event.ids_needed() as u32;
        self.case = effects.case;
        self.log.push(effects.record);
        self.told.extend(effects.notices);
        Ok(effects.then)
    }

    /// The case as it was before its last event.
    pub fn before_last(&self) -> Option<Case> {
        rebuild(&self.log[..self.log.len() - 1]).ok()
    }

    /// It is refused, and why.
    pub fn refused(&self, actor: Actor, event: &CaseEvent) -> RefusalKind {
        match apply(&self.case, event, &self.context(actor, 9)) {
            Err(refusal) => refusal.kind,
            Ok(_) => panic!(
                "{} from {} should have been refused",
                event.kind().code(),
                self.case.state.code()
            ),
        }
    }

    pub fn may(&self, actor: Actor) -> Vec<EventKind> {
        allowed_events(&self.case, &self.context(actor, 0))
    }

    pub fn context(&self, actor: Actor, ids: usize) -> Context<'_> {
        let new_ids = (0..ids as u32)
            .map(|n| format!("task-{}", self.fresh + n + 1))
            .collect();
        Context {
            new_ids,
            ..Context::new(self.now, actor, &self.calendar, &self.limits)
        }
    }

    pub fn state(&self) -> CaseState {
        self.case.state
    }
}

pub fn new_case(urgency: Urgency) -> NewCase {
    NewCase {
        id: id("case"),
        station_id: id("station"),
        deputy_id: Some(id("deputy")),
        category_id: None,
        urgency,
        consent_publish: true,
        name_shown: NameShown::Hidden,
        restricted: false,
        on_behalf: None,
        screening: Screening::default(),
    }
}

pub fn accept(class: CaseClass, urgency: Urgency) -> CaseEvent {
    CaseEvent::Accept {
        category_id: id("housing.lift"),
        class,
        urgency,
        due_at: None,
    }
}

pub fn assign(lead: &str, co: &[&str]) -> CaseEvent {
    let co = co.iter().map(|unit| id(unit)).collect();
    CaseEvent::Assign {
        lead: id(lead),
        co,
        due_at: None,
        leader: None,
        note: None,
    }
}

pub fn return_to(task_id: Id, proposed: &str) -> CaseEvent {
    CaseEvent::ReturnRequest {
        task_id,
        legal_basis: id("三定规定第四条"),
        proposed_unit: id(proposed),
    }
}

pub fn reopen(lead: &str) -> CaseEvent {
    CaseEvent::Reopen {
        lead: id(lead),
        leader: id("李副局长"),
        text: id("请重新办理"),
    }
}

pub fn rated(level: u8, solved: Solved) -> CaseEvent {
    let rating = rating(level, solved);
    match classify_rating(&rating, &Limits::default()) {
        EventKind::RatedOk => CaseEvent::RatedOk { rating },
        _ => CaseEvent::RatedBad { rating },
    }
}
