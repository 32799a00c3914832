//! One letter's story, played event by event as far as its age goes.

use crate::Result;
use crate::cast::{Cast, Duty, Office, author};
use crate::randoms::Randoms;
use crate::words::{self, Words};
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, WorkCalendar, date_of};
use liaison_domain::lifecycle::{
    Actor, Case, CaseClass, CaseEvent, CaseState, Context, LetterKind, NameShown, NewCase, Outcome, PublicCopy, Rating,
    ReplyText, Screening, Solved, Urgency,
};
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};
use liaison_store::letters::{Batch, Extra, NewLetter};

/// How far back the oldest letter goes: thirteen months.
pub const REACH: Millis = 395 * DAY_MS;

/// The rules the stories are played by.
#[derive(Debug)]
pub struct Stage {
    pub cast: Cast,
    pub calendar: WorkCalendar,
    pub limits: Limits,
    /// Nothing happens after it.
    pub now: Millis,
}

/// A letter on its way.
struct Play<'a> {
    stage: &'a Stage,
    batch: &'a Batch,
    randoms: Randoms,
    at: Millis,
    case: Case,
    events: usize,
}

/// Plays letter number `nth` of those from `first` to `end`, which share the thirteen months evenly; tells how many
/// events that took.
pub async fn play(stage: &Stage, batch: &Batch, nth: usize, (first, end): (usize, usize)) -> Result<usize> {
    let mut randoms = Randoms::of(nth as u64 + 1);
    let share = REACH * (nth - first) as Millis / (end - first).max(1) as Millis;
    let at = stage.now - REACH + share + randoms.below(9 * HOUR_MS as u64) as Millis;
    let at = at.min(stage.now - MINUTE_MS);
    // One letter in five is about the word that searches look for.
    let subject = if randoms.percent(20) {
        &words::SUBJECTS[0]
    } else {
        randoms.pick(words::SUBJECTS).ok_or("no subjects")?
    };
    let duty = stage.cast.duty(subject.category, &mut randoms).ok_or("no duty")?;
    let office = randoms.pick(&stage.cast.offices).ok_or("no office")?;
    let account = randoms.pick(&stage.cast.residents).ok_or("no resident")?;
    let words = words::of(subject, nth, &mut randoms);
    let urgency = if randoms.percent(3) {
        Urgency::Urgent
    } else {
        Urgency::Normal
    };
    let new = letter(stage, &mut randoms, at, (office, duty, account), &words, urgency);
    let ctx = Context::new(at, author(account), &stage.calendar, &stage.limits);
    let submitted = batch.submit(&new, &ctx).await?;
    let mut play = Play {
        stage,
        batch,
        randoms,
        at,
        events: submitted.case.version as usize,
        case: submitted.case,
    };
    play.go_on((office, duty, account), &words, urgency).await?;
    Ok(play.events)
}

fn letter(
    stage: &Stage,
    randoms: &mut Randoms,
    at: Millis,
    (office, duty, account): (&Office, &Duty, &Id),
    words: &Words,
    urgency: Urgency,
) -> NewLetter {
    let mut unique = [0; 10];
    unique[..8].copy_from_slice(&randoms.next().to_be_bytes());
    let id = uuid::Builder::from_unix_timestamp_millis(at as u64, &unique).into_uuid();
    // The resident confirmed the category: taken on without a clerk.
    let certain =
        (urgency == Urgency::Normal && randoms.percent(40)).then(|| (duty.category_id.clone(), CaseClass::Normal));
    NewLetter {
        case: NewCase {
            id: id.to_string(),
            station_id: office.station_id.clone(),
            deputy_id: None,
            category_id: Some(duty.category_id.clone()),
            urgency,
            consent_publish: randoms.percent(70),
            name_shown: NameShown::Hidden,
            restricted: false,
            on_behalf: None,
            screening: Screening { hold: None, certain },
        },
        kind: LetterKind::Help,
        title: words.title.clone(),
        body: words.body.clone(),
        area_id: randoms.pick(&stage.cast.areas).cloned(),
        category_guessed: randoms.percent(30),
        place: Some(words.place.clone()),
        account_id: Some(account.clone()),
        name: None,
        attachments: Vec::new(),
        query_code: None,
        media: Vec::new(),
        instead_of: None,
        extra: Extra::default(),
    }
}

impl Play<'_> {
    /// Lets an event happen between `from` and `to` hours later; false when that is still to come.
    async fn step(&mut self, (from, to): (u64, u64), actor: &Actor, event: CaseEvent) -> Result<bool> {
        let minutes = from * 60 + self.randoms.below((to - from) * 60);
        self.at += minutes as Millis * MINUTE_MS;
        if self.at >= self.stage.now {
            return Ok(false);
        }
        let ctx = Context::new(self.at, actor.clone(), &self.stage.calendar, &self.stage.limits);
        let kind = event.kind();
        match self.batch.act(&self.case.id, &event, &ctx).await {
            Ok(acted) => {
                self.events += acted.records.len();
                self.case = acted.case;
                Ok(true)
            }
            Err(error) => Err(format!("{} in {}: {error}", kind.code(), self.case.state.code()).into()),
        }
    }

    async fn go_on(
        &mut self,
        (office, duty, account): (&Office, &Duty, &Id),
        words: &Words,
        urgency: Urgency,
    ) -> Result {
        let (clerk, author) = (&office.clerk, &author(account));
        let fate = self.randoms.below(100);
        if matches!(self.case.state, CaseState::Submitted | CaseState::ScreeningHold) {
            if fate < 6 && urgency == Urgency::Normal {
                let decline = CaseEvent::Decline {
                    reason_code: "out_of_scope".to_owned(),
                    text: "这件事不归本站办理，可以拨打 12345 咨询。".to_owned(),
                };
                self.step((1, 12), clerk, decline).await?;
                return Ok(());
            }
            let accept = CaseEvent::Accept {
                category_id: duty.category_id.clone(),
                class: CaseClass::Normal,
                urgency,
                due_at: None,
            };
            if !self.step((1, 20), clerk, accept).await? {
                return Ok(());
            }
        }
        if fate < 9 {
            self.step((1, 40), author, CaseEvent::Withdraw { text: None }).await?;
            return Ok(());
        }
        let answered = if fate < 19 && self.case.state == CaseState::Accepted {
            self.deputy(clerk, words).await?
        } else {
            self.unit(clerk, author, duty, words).await?
        };
        if !answered {
            return Ok(());
        }
        self.publish(clerk, author, words).await?;
        if self.case.state == CaseState::Tracking {
            let kept = self.case.lead_task().map(|task| CaseEvent::PromiseKept {
                task_id: task.id.clone(),
                evidence: "已按承诺完成，现场照片存档。".to_owned(),
            });
            let Some(kept) = kept else { return Ok(()) };
            if !self.step((24 * 50, 24 * 57), &duty.unit, kept).await? {
                return Ok(());
            }
        }
        self.rate(author).await
    }

    /// A deputy answers in person.
    async fn deputy(&mut self, clerk: &Actor, words: &Words) -> Result<bool> {
        let Some(deputy) = self.randoms.pick(&self.stage.cast.deputies) else {
            return Ok(false);
        };
        let Some(deputy_id) = deputy.deputy_id.clone() else {
            return Ok(false);
        };
        let reply = reply(&words.answer);
        Ok(self.step((1, 8), clerk, CaseEvent::ToDeputy { deputy_id }).await?
            && self.step((2, 60), deputy, CaseEvent::DeputyAnswer { reply }).await?)
    }

    /// A unit signs, works and answers; now and then it asks, or reports on the way.
    async fn unit(&mut self, clerk: &Actor, author: &Actor, duty: &Duty, words: &Words) -> Result<bool> {
        let Some(lead) = duty.unit.unit_id.clone() else {
            return Ok(false);
        };
        let helped = self.randoms.percent(15);
        let assign = CaseEvent::Assign {
            lead,
            co: duty.helper.clone().filter(|_| helped).into_iter().collect(),
            due_at: None,
            leader: None,
            note: None,
        };
        if !self.step((1, 20), clerk, assign).await? {
            return Ok(false);
        }
        let task_id = self
            .case
            .lead_task()
            .map(|task| task.id.clone())
            .ok_or("no lead task")?;
        let sign = CaseEvent::Sign {
            task_id: task_id.clone(),
            section: "业务科".to_owned(),
            officer: "老周".to_owned(),
        };
        if !self.step((1, 20), &duty.unit, sign).await? {
            return Ok(false);
        }
        if self.randoms.percent(4) {
            let ask = CaseEvent::AskInfo {
                text: "请补充一下具体位置。".to_owned(),
            };
            let give = CaseEvent::InfoGiven {
                text: words.place.clone(),
                attachments: Vec::new(),
            };
            if !self.step((1, 20), clerk, ask).await? || !self.step((1, 60), author, give).await? {
                return Ok(false);
            }
        }
        if self.randoms.percent(25) {
            let note = CaseEvent::ProgressNote {
                task_id: task_id.clone(),
                text: "已经到现场看过，正在联系施工单位。".to_owned(),
                public: true,
                attachments: Vec::new(),
            };
            if !self.step((5, 60), &duty.unit, note).await? {
                return Ok(false);
            }
        }
        let submit = CaseEvent::SubmitReply {
            task_id,
            reply: self.reply(words),
            signed_off_by: "分管负责人".to_owned(),
        };
        let release = CaseEvent::Release {
            forwarded_by_deputy: None,
            words: None,
            acknowledged: Vec::new(),
        };
        Ok(self.step((24, 24 * 18), &duty.unit, submit).await? && self.step((1, 20), clerk, release).await?)
    }

    /// Most is done, some is promised, some cannot be done now.
    fn reply(&mut self, words: &Words) -> ReplyText {
        let plain = reply(&words.answer);
        match self.randoms.below(100) {
            0..8 => ReplyText {
                outcome: Outcome::B,
                promise_date: Some(date_of(self.at + 60 * DAY_MS).iso()),
                ..plain
            },
            8..15 => ReplyText {
                outcome: Outcome::C,
                reason: Some("需要等明年的改造计划。".to_owned()),
                ..plain
            },
            _ => plain,
        }
    }

    /// Half of the answered letters end up before everybody's eyes.
    async fn publish(&mut self, clerk: &Actor, author: &Actor, words: &Words) -> Result {
        if !self.case.consent_publish || !self.randoms.percent(56) {
            return Ok(());
        }
        let copy = PublicCopy {
            title: words.title.clone(),
            body: words.body.clone(),
            answer: words.answer.clone(),
            attachments: Vec::new(),
        };
        if self.step((1, 8), clerk, CaseEvent::ProposeCopy { copy }).await?
            && self.step((1, 20), author, CaseEvent::CopyApproved {}).await?
        {
            self.step((1, 8), clerk, CaseEvent::Publish {}).await?;
        }
        Ok(())
    }

    async fn rate(&mut self, author: &Actor) -> Result {
        if self.case.state != CaseState::Answered {
            return Ok(());
        }
        let rating = |level, solved, reasons: &[&str]| Rating {
            attitude: level,
            process: level,
            result: level,
            solved,
            reasons: reasons.iter().map(|&code| code.to_owned()).collect(),
            text: String::new(),
        };
        match self.randoms.below(100) {
            0..55 => {
                let rating = rating(5, Solved::Yes, &[]);
                self.step((1, 60), author, CaseEvent::RatedOk { rating }).await?;
            }
            55..59 => {
                let rating = rating(2, Solved::No, &["no_effect"]);
                self.step((1, 60), author, CaseEvent::RatedBad { rating }).await?;
            }
            _ => self.expire().await?,
        }
        Ok(())
    }

    /// Nobody rated in time.
    async fn expire(&mut self) -> Result {
        if let Some(until) = self.case.survey_until {
            self.at = self.at.max(until);
            self.step((1, 2), &Actor::system(), CaseEvent::SurveyExpired {}).await?;
        }
        Ok(())
    }
}

fn reply(words: &str) -> ReplyText {
    ReplyText {
        body: words.to_owned(),
        outcome: Outcome::A,
        promise_date: None,
        reason: None,
        contact: Some("值班电话 0199-2003".to_owned()),
        attachments: Vec::new(),
        parts: None,
    }
}
