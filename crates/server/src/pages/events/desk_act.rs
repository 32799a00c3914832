//! What a moderator does on an event's page, and what those at the table write there. Every form says by its name
//! (`form`) where a refusal belongs; the version that was read comes with it.

use super::desk::{DeskQuery, refuse};
use super::is_script;
use crate::access::{self, AtEvent};
use crate::actions::events as acts;
use crate::pages::posted::Posted;
use crate::pages::problem::{PageResult, belongs_to_form, form_errors};
use crate::pages::visit::Visit;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use liaison_domain::Id;
use liaison_domain::dto::{
    EventStateChange, MinutesDraft, NewBroadcast, NewPoll, NewResolution, PartyRef, QuestionChange, ResolutionChange,
    ToLetter,
};
use liaison_domain::events::{EventState, PartyKind, QuestionState, ResolutionState};
use liaison_store::events::Event;
use liaison_web::components::Errors;
use liaison_web::i18n::desk::meetings as words;
use liaison_web::views::Refused;

/// What the list says of an event that is gone.
pub const DELETED: &str = "deleted";

/// A form of the moderator's page.
pub async fn act(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<DeskQuery>,
    request: Request,
) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let (event, at) = access::desk_event(&state, &visit.viewer, &id).await?;
    let desk = Desk {
        state: &state,
        visit: &visit,
        event: &event,
        at: &at,
        posted: &posted,
    };
    let outcome = Box::pin(desk.act()).await;
    match outcome {
        Ok(said) if said == DELETED => {
            let to = format!("/desk/events?said={DELETED}");
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Ok(said) => {
            let part = if is_script(&visit) { "part=live&" } else { "" };
            let lane = query.lane_code();
            let cursor = liaison_web::views::cursor_in(query.cursor());
            let to = format!("/desk/events/{id}?{part}lane={lane}{cursor}&said={said}");
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(error) if belongs_to_form(&error) => {
            let status = error.status();
            let errors = match &error {
                ApiError::Conflict(_) => Errors::whole(words::CONFLICT),
                ApiError::Refused(..) => Errors::whole(words::WRONG_STATE),
                _ => form_errors(error),
            };
            let refused = Refused {
                form: posted.get("form").to_owned(),
                pairs: posted.pairs.clone(),
                errors,
            };
            Ok(refuse(&state, &visit, &id, &query, refused, status).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// One form that was sent.
struct Desk<'a> {
    state: &'a AppState,
    visit: &'a Visit,
    event: &'a Event,
    at: &'a AtEvent<'a>,
    posted: &'a Posted,
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `deputy:ID`.
fn party(text: &str) -> Option<PartyRef> {
    let (kind, id) = text.split_once(':')?;
    Some(PartyRef {
        kind: PartyKind::from_code(kind)?,
        id: id.to_owned(),
    })
}

impl Desk<'_> {
    fn get(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(0)
    }

    fn moderates(&self) -> ApiResult<()> {
        if self.at.may_moderate {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Does what the pressed button says; answers the code of what the page says then.
    async fn act(&self) -> ApiResult<String> {
        let (wish, about) = self.posted.wish();
        match wish {
            "put" => {
                let to = QuestionState::from_code(about).ok_or(ApiError::NotFound)?;
                self.put(to, None).await
            }
            "hide" => {
                let reason = some(self.get("other")).or_else(|| some(self.get("reason")));
                self.put(QuestionState::Hidden, reason).await
            }
            "pin" | "unpin" => {
                let change = QuestionChange {
                    pinned: Some(wish == "pin"),
                    ..QuestionChange::default()
                };
                self.change(&change).await.map(|()| "pin".to_owned())
            }
            "answer" | "answered" => {
                let change = QuestionChange {
                    state: (wish == "answered").then_some(QuestionState::Answered),
                    answer: Some(self.get("answer").trim().to_owned()),
                    answered_by: party(self.get("answered_by")),
                    ..QuestionChange::default()
                };
                self.change(&change).await.map(|()| "answer".to_owned())
            }
            "letter" => self.letter().await,
            _ => {
                self.moderates()?;
                self.host(wish, about).await
            }
        }
    }

    /// What only a moderator's page offers.
    async fn host(&self, wish: &str, about: &str) -> ApiResult<String> {
        match wish {
            "state" => self.step(about).await,
            "host" => {
                let text = self.get("text").trim().to_owned();
                acts::broadcast(self.state, self.event, self.at.account, &NewBroadcast { text }).await?;
                Ok("host".to_owned())
            }
            "poll" => {
                let options = self
                    .get("options")
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty());
                let new = NewPoll {
                    question: self.get("question").trim().to_owned(),
                    options: options.map(str::to_owned).collect(),
                };
                acts::poll(self.state, self.event, &new).await?;
                Ok("poll".to_owned())
            }
            "poll-open" | "poll-close" => {
                let poll = self.state.store.poll(about).await?;
                // A poll of this event: who moderates here moderates no other by its id.
                poll.filter(|poll| poll.event_id == self.event.id)
                    .ok_or(ApiError::NotFound)?;
                self.state.store.set_poll_open(about, wish == "poll-open").await?;
                Ok("poll".to_owned())
            }
            "minutes" => {
                let count = some(self.get("attendance"));
                let draft = MinutesDraft {
                    text: self.get("text").trim().replace("\r\n", "\n"),
                    attendance: count.map(|count| count.parse().unwrap_or(u32::MAX)),
                };
                acts::minutes(self.state, self.event, self.version(), &draft).await?;
                Ok("minutes".to_owned())
            }
            "delete" => {
                acts::delete(self.state, self.event, self.version()).await?;
                Ok(DELETED.to_owned())
            }
            "resolve" => {
                let new = NewResolution {
                    text: self.get("text").trim().to_owned(),
                    owner: party(self.get("owner")).unwrap_or(PartyRef {
                        kind: PartyKind::Unit,
                        id: Id::default(),
                    }),
                    due: some(self.get("due")),
                    question_id: some(self.get("question_id")),
                    letter: some(self.get("letter")),
                };
                acts::resolve(self.state, &self.visit.viewer, self.event, &new).await?;
                Ok("resolution".to_owned())
            }
            "follow" => self.follow(about).await,
            _ => Err(ApiError::NotFound),
        }
    }

    async fn put(&self, to: QuestionState, reason: Option<String>) -> ApiResult<String> {
        let change = QuestionChange {
            state: Some(to),
            reason,
            ..QuestionChange::default()
        };
        self.change(&change).await?;
        Ok(["put:", to.code()].concat())
    }

    /// The question of the form, if it is one of this event.
    async fn question(&self) -> ApiResult<liaison_store::events::Question> {
        let found = self.state.store.question(self.get("question")).await?;
        found
            .filter(|found| found.event_id == self.event.id)
            .ok_or(ApiError::NotFound)
    }

    async fn change(&self, change: &QuestionChange) -> ApiResult<()> {
        let question = self.question().await?;
        let (event, at) = (self.event, self.at);
        acts::change_question(self.state, event, at, &question.id, self.version(), change)
            .await
            .map(drop)
    }

    async fn letter(&self) -> ApiResult<String> {
        let question = self.question().await?;
        let request = ToLetter {
            unit_id: self.get("unit_id").to_owned(),
            co_unit_ids: Vec::new(),
            category_id: some(self.get("category_id")),
            class: None,
            note: some(self.get("note")),
        };
        let (made, _) = Box::pin(acts::to_letter(self.state, self.event, self.at, &question, &request)).await?;
        Ok(["letter:", &made.no].concat())
    }

    async fn step(&self, to: &str) -> ApiResult<String> {
        let to = EventState::from_code(to).ok_or(ApiError::NotFound)?;
        let change = EventStateChange {
            to,
            reason: some(self.get("reason")),
        };
        let done = acts::step(self.state, self.event, self.version(), &change).await?;
        Ok(["state:", done.state.code()].concat())
    }

    async fn follow(&self, to: &str) -> ApiResult<String> {
        let id = self.get("resolution");
        let found = self.state.store.resolution(id).await?;
        found
            .filter(|found| found.event_id == self.event.id)
            .ok_or(ApiError::NotFound)?;
        let change = ResolutionChange {
            state: Some(ResolutionState::from_code(to).ok_or(ApiError::NotFound)?),
            note: Some(self.get("note").trim().to_owned()),
            ..ResolutionChange::default()
        };
        acts::change_resolution(self.state, &self.visit.viewer, id, self.version(), &change).await?;
        Ok("resolution".to_owned())
    }
}
