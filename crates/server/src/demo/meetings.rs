//! Plays the demo's events: prepared, announced, asked at, led and minuted through the store, each step at its time.

use super::SeedError;
use super::content::Content;
use super::ids::{code, id, id_at};
use super::meeting_text::{EventText, PartyText, PollText, QuestionText, ResolutionText};
use super::people::Cast;
use crate::state::AppState;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, date_of};
use liaison_domain::dto::{
    AgendaItem, EventDraft, EventStateChange, MinutesDraft, NewResolution, PartyRef, ResolutionChange,
};
use liaison_domain::events::{EventState, PartyKind, QuestionState, ResolutionState};
use liaison_domain::form::title_of;
use liaison_domain::guess::guess;
use liaison_domain::lifecycle::{
    CaseClass, CaseEvent, FiledVia, LetterKind, NameShown, NewCase, OnBehalf, Screening, Urgency,
};
use liaison_domain::{Id, Millis, guard};
use liaison_store::events::{Asking, EventError, NewQuestionLetter, Question, QuestionPatch};
use liaison_store::letters::{Extra, NewLetter};

/// How long before an event it is prepared.
const PREPARED: Millis = 14 * DAY_MS;

/// Plays every event up to the server's now; tells how many.
pub async fn play(state: &AppState, content: &Content, cast: &Cast) -> Result<usize, SeedError> {
    for text in &content.events {
        let meeting = Stage {
            state,
            content,
            cast,
            text,
            id: id("event", &text.key),
            starts_at: starts_at(text, state.now()),
        };
        meeting.play().await?;
    }
    Ok(content.events.len())
}

/// When it begins or began.
fn starts_at(text: &EventText, now: Millis) -> Millis {
    match (text.begun, text.day, text.time.as_deref()) {
        // Nobody invites people for 9:31.
        (Some(minutes), _, _) => {
            let at = now - minutes * MINUTE_MS;
            at - at % (15 * MINUTE_MS)
        }
        (None, day, time) => {
            let (hour, minute) = time.and_then(|time| time.split_once(':')).unwrap_or(("9", "0"));
            let number = |text: &str| text.parse::<u32>().unwrap_or_default();
            date_of(now)
                .plus_days(day.unwrap_or_default())
                .at_minute(number(hour) * 60 + number(minute))
        }
    }
}

fn party(text: &PartyText) -> PartyRef {
    let table = match text.kind {
        PartyKind::Deputy => "deputy",
        PartyKind::Unit => "unit",
        PartyKind::Station => "station",
    };
    PartyRef {
        kind: text.kind,
        id: id(table, &text.key),
    }
}

struct Stage<'a> {
    state: &'a AppState,
    content: &'a Content,
    cast: &'a Cast,
    text: &'a EventText,
    id: Id,
    starts_at: Millis,
}

impl Stage<'_> {
    fn missing(&self, step: &'static str, what: &'static str) -> SeedError {
        SeedError::Script {
            letter: self.text.key.clone(),
            step,
            what,
        }
    }

    /// What went wrong at this event.
    fn why(&self, step: &'static str) -> impl Fn(EventError) -> SeedError {
        let event = self.text.key.clone();
        move |why| SeedError::Event {
            event: event.clone(),
            step,
            why,
        }
    }

    fn resident(&self, key: &str) -> Result<&Id, SeedError> {
        let found = self.cast.resident(key).map(|(id, _)| id);
        found.ok_or_else(|| self.missing("question", "resident"))
    }

    /// The residents in an order of this event's own, without one of them.
    fn crowd(&self, turn: usize, without: Option<&Id>) -> Vec<&Id> {
        let mut all: Vec<&Id> = self
            .content
            .residents
            .iter()
            .filter_map(|resident| self.cast.resident(&resident.key))
            .map(|(id, _)| id)
            .filter(|id| Some(*id) != without)
            .collect();
        let by = (self.text.key.len() * 5 + turn * 7) % all.len().max(1);
        all.rotate_left(by);
        all
    }

    fn host(&self) -> Result<&str, SeedError> {
        let first = self.text.moderators.first();
        first
            .map(String::as_str)
            .ok_or_else(|| self.missing("event", "moderator"))
    }

    fn draft(&self) -> EventDraft {
        let text = self.text;
        let many = |kind: &str, keys: &[String]| keys.iter().map(|key| id(kind, key)).collect();
        let begins = |at: usize| Some(self.starts_at + at as Millis * 30 * MINUTE_MS);
        let ends_at = self.starts_at + text.minutes * MINUTE_MS;
        let line = |(at, line): (usize, &String)| AgendaItem {
            at: begins(at).filter(|at| *at < ends_at),
            text: line.clone(),
        };
        EventDraft {
            kind: text.kind,
            title: text.title.clone(),
            intro: text.intro.clone(),
            station_id: id("station", &text.station),
            organiser: text.organiser.clone(),
            starts_at: self.starts_at,
            ends_at,
            place: text.place.clone(),
            online_url: text.online_url.clone(),
            agenda: text.agenda.iter().enumerate().map(line).collect(),
            moderators: many("account", &text.moderators),
            deputies: many("deputy", &text.deputies),
            units: many("unit", &text.units),
            registration: text.registration,
            capacity: text.capacity,
            waiting_list: text.waiting_list,
            premoderated: text.premoderated,
            category_id: Some(id("category", &text.category)),
            rules: text.rules.clone(),
        }
    }

    async fn play(&self) -> Result<(), SeedError> {
        let store = &self.state.store;
        let prepared = (self.starts_at - PREPARED).min(self.state.now() - 3 * DAY_MS);
        let host = id("account", self.host()?);
        store.create_event_as(&self.id, &self.draft(), &host, prepared).await?;
        self.go(EventState::Announced, prepared + HOUR_MS).await?;
        self.go(EventState::Open, prepared + DAY_MS).await?;
        let crowd = self.crowd(0, None);
        for (nth, account) in crowd.iter().take(self.text.registered).enumerate() {
            let at = prepared + DAY_MS + (nth as Millis + 1) * 37 * MINUTE_MS;
            store
                .register(&self.id, account, at)
                .await
                .map_err(self.why("registration"))?;
        }
        if self.text.state == EventState::Cancelled {
            return self.go(EventState::Cancelled, self.state.now() - 5 * HOUR_MS).await;
        }
        let is_ahead = self.text.state == EventState::Open;
        if !is_ahead {
            self.go(EventState::Live, self.starts_at).await?;
        }
        let asked_from = if is_ahead {
            prepared + 2 * DAY_MS
        } else {
            self.starts_at
        };
        let questions = self.questions(asked_from).await?;
        self.room().await?;
        if matches!(self.text.state, EventState::Closed | EventState::Finished) {
            self.after(&questions).await?;
        }
        Ok(())
    }

    async fn go(&self, to: EventState, at: Millis) -> Result<(), SeedError> {
        let found = self.state.store.event(&self.id).await?;
        let version = found.ok_or_else(|| self.missing("state", "event"))?.version;
        let change = EventStateChange {
            to,
            reason: self.text.reason.clone(),
        };
        let done = self.state.store.step_event(&self.id, version, &change, at).await;
        done.map(|_| ()).map_err(self.why(to.code()))
    }

    /// What is asked, and what becomes of it; the ids in order.
    async fn questions(&self, from: Millis) -> Result<Vec<Id>, SeedError> {
        let mut ids = Vec::new();
        for (nth, text) in self.text.questions.iter().enumerate() {
            // Within the time that has passed, and one after the other.
            let at = from + (nth as Millis + 1) * 40_000;
            let id = id_at("question", &format!("{}-{nth}", self.text.key), at);
            self.question(&id, nth, text, at).await?;
            ids.push(id);
        }
        Ok(ids)
    }

    async fn question(&self, question: &str, nth: usize, text: &QuestionText, at: Millis) -> Result<(), SeedError> {
        let store = &self.state.store;
        let author = self.resident(&text.from)?;
        let masked = guard::mask(&text.text);
        let asking = Asking {
            id: question.to_owned(),
            event_id: self.id.clone(),
            account_id: author.clone(),
            text: text.text.clone(),
            shown: (masked != text.text).then_some(masked),
            name: text.name.clone(),
        };
        let kept = store.ask_question(&asking, at).await.map_err(self.why("question"))?;
        match text.state {
            QuestionState::Pending => return Ok(()),
            QuestionState::Hidden => {
                let hide = QuestionPatch {
                    state: Some(QuestionState::Hidden),
                    reason: text.reason.clone(),
                    ..QuestionPatch::default()
                };
                return self.moderate(&kept, &hide, at).await;
            }
            _ => self.put(&kept, QuestionState::Visible, at).await?,
        }
        for account in self.crowd(nth + 1, Some(author)).into_iter().take(text.votes) {
            store
                .upvote(question, account, true, at)
                .await
                .map_err(self.why("upvote"))?;
        }
        if let Some(answer) = &text.answer {
            let said = QuestionPatch {
                answer: Some(answer.clone()),
                answered_by: text.by.as_ref().map(party),
                ..QuestionPatch::default()
            };
            self.moderate(&kept, &said, at + MINUTE_MS).await?;
        }
        if text.letter.is_some() {
            self.to_letter(&kept, text, at + 2 * MINUTE_MS).await
        } else if text.state == QuestionState::Visible {
            Ok(())
        } else {
            self.put(&kept, text.state, at + 2 * MINUTE_MS).await
        }
    }

    async fn put(&self, question: &Question, state: QuestionState, at: Millis) -> Result<(), SeedError> {
        let patch = QuestionPatch {
            state: Some(state),
            ..QuestionPatch::default()
        };
        self.moderate(question, &patch, at).await
    }

    async fn moderate(&self, question: &Question, patch: &QuestionPatch, at: Millis) -> Result<(), SeedError> {
        let now = self.state.store.question(&question.id).await?;
        let version = now.ok_or_else(|| self.missing("moderation", "question"))?.version;
        let done = self.state.store.change_question(&question.id, version, patch, at).await;
        done.map(|_| ()).map_err(self.why("moderation"))
    }

    async fn to_letter(&self, question: &Question, text: &QuestionText, at: Millis) -> Result<(), SeedError> {
        let category = id("category", &self.text.category);
        let unit = |key: &String| id("unit", key);
        let letter = NewLetter {
            case: NewCase {
                id: id_at("event letter", &question.id, at),
                station_id: id("station", &self.text.station),
                deputy_id: None,
                category_id: Some(category.clone()),
                urgency: Urgency::Normal,
                consent_publish: false,
                name_shown: NameShown::Hidden,
                restricted: false,
                on_behalf: Some(OnBehalf {
                    via: FiledVia::Event,
                    consent: format!("在“{}”上提问", self.text.title),
                }),
                screening: Screening::default(),
            },
            kind: guess(&question.text).kind.unwrap_or(LetterKind::Question),
            title: title_of(&question.text),
            body: question.text.clone(),
            area_id: None,
            category_guessed: false,
            place: None,
            account_id: question.account_id.clone(),
            name: question.name.clone(),
            attachments: Vec::new(),
            query_code: Some(code(&question.id)),
            media: Vec::new(),
            instead_of: None,
            extra: Extra::default(),
        };
        let accept = CaseEvent::Accept {
            category_id: category,
            class: CaseClass::Normal,
            urgency: Urgency::Normal,
            due_at: None,
        };
        let assign = CaseEvent::Assign {
            lead: text.letter.as_ref().map(unit).unwrap_or_default(),
            co: text.co.iter().map(unit).collect(),
            due_at: None,
            leader: None,
            note: None,
        };
        let clerk = self.cast.staff(self.host()?);
        let rules = self.state.rules();
        let ctx = rules.context(at, clerk.ok_or_else(|| self.missing("letter", "clerk"))?);
        let new = NewQuestionLetter {
            letter,
            then: vec![accept, assign],
        };
        let made = Box::pin(self.state.store.question_to_letter(&question.id, &new, &ctx)).await;
        made.map(|_| ()).map_err(self.why("letter"))
    }

    /// The host's words, and polls.
    async fn room(&self) -> Result<(), SeedError> {
        let store = &self.state.store;
        let host = id("account", self.host()?);
        for (nth, words) in self.text.broadcasts.iter().enumerate() {
            let at = self.starts_at + (nth as Millis * 12 + 1) * MINUTE_MS;
            let said = store.broadcast(&self.id, words, &host, at).await;
            said.map_err(self.why("broadcast"))?;
        }
        for (nth, poll) in self.text.polls.iter().enumerate() {
            self.poll(nth, poll).await?;
        }
        Ok(())
    }

    async fn poll(&self, nth: usize, poll: &PollText) -> Result<(), SeedError> {
        let store = &self.state.store;
        let at = self.starts_at + (nth as Millis + 15) * MINUTE_MS;
        let opened = store.open_poll(&self.id, &poll.question, &poll.options, at).await;
        let id = opened.map_err(self.why("poll"))?;
        let mut crowd = self.crowd(nth + 3, None).into_iter();
        for (choice, votes) in poll.votes.iter().enumerate() {
            for account in crowd.by_ref().take(*votes) {
                let voted = store.vote(&id, account, choice as u32, at + MINUTE_MS).await;
                voted.map_err(self.why("vote"))?;
            }
        }
        if poll.open {
            return Ok(());
        }
        store.set_poll_open(&id, false).await.map_err(self.why("poll"))
    }

    /// Minutes, and what was resolved.
    async fn after(&self, questions: &[Id]) -> Result<(), SeedError> {
        let ended = self.starts_at + self.text.minutes * MINUTE_MS;
        self.go(EventState::Closed, ended).await?;
        for resolution in &self.text.resolutions {
            self.resolve(resolution, questions, ended).await?;
        }
        let Some(record) = &self.text.record else { return Ok(()) };
        let store = &self.state.store;
        let found = store.event(&self.id).await?;
        let version = found.ok_or_else(|| self.missing("minutes", "event"))?.version;
        let minutes = MinutesDraft {
            text: record.clone(),
            attendance: self.text.attendance,
        };
        let at = ended + DAY_MS;
        let written = store.write_minutes(&self.id, version, &minutes, at).await;
        written.map_err(self.why("minutes"))?;
        if self.text.state == EventState::Finished {
            self.go(EventState::Finished, at + HOUR_MS).await?;
        }
        Ok(())
    }

    async fn resolve(&self, text: &ResolutionText, questions: &[Id], at: Millis) -> Result<(), SeedError> {
        let store = &self.state.store;
        let today = date_of(self.state.now());
        let new = NewResolution {
            text: text.text.clone(),
            owner: party(&text.owner),
            due: text.due.map(|days| today.plus_days(days).iso()),
            question_id: text.question.and_then(|nth| questions.get(nth)).cloned(),
            letter: None,
        };
        let kept = store.resolve(&self.id, &new, None, at).await;
        let kept = kept.map_err(self.why("resolution"))?;
        if text.state == ResolutionState::Open {
            return Ok(());
        }
        let change = ResolutionChange {
            state: Some(text.state),
            note: text.note.clone(),
            ..ResolutionChange::default()
        };
        let done = store.change_resolution(&kept.id, kept.version, &change, None).await;
        done.map(|_| ()).map_err(self.why("resolution"))
    }
}
