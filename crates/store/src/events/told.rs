//! Whom something about an event concerns, and what stands in their inboxes then: one place, in the transaction of what
//! it is about.

use super::{Event, EventError};
use crate::notices::MeetingNotice;
use crate::sql::{Query, execute, strings};
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use liaison_domain::events::event_title;
use liaison_domain::notify::{MeetingKind, Subject};
use liaison_domain::{Id, Millis};
use sea_orm::DatabaseTransaction;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern<'a> {
    /// It does not take place: everybody who wanted to come or asked, and those at the table.
    Cancelled,
    /// Time or place changed; when it was to begin before. The same people.
    Moved(Millis),
    /// It begins soon: those with a seat, those who asked, those at the table.
    Starts,
    /// A seat became free for those who waited.
    MovedUp(&'a [Id]),
    /// An author's question was shown, chosen or hidden: they see it where they look, and nothing more is made of it.
    Question(&'a Id),
    /// An author's question, by its id, was answered.
    Answered(&'a Id, &'a str),
    /// An author's question became a letter.
    ToLetter(&'a Id),
}

impl Concern<'_> {
    /// What stands in the inbox; none for what only open pages are told.
    const fn kind(self) -> Option<MeetingKind> {
        Some(match self {
            Self::Cancelled | Self::Moved(_) => MeetingKind::EventChanged,
            Self::Starts => MeetingKind::EventStarts,
            Self::MovedUp(_) => MeetingKind::EventSeat,
            Self::Answered(..) => MeetingKind::EventAnswered,
            Self::ToLetter(_) => MeetingKind::EventToLetter,
            Self::Question(_) => return None,
        })
    }
}

impl Store {
    /// Tells the people concerned, `event` as it is now; who they are, each once, to be woken once the transaction is kept.
    /// Call it before the change itself takes them off the list.
    pub(super) async fn tell_concerned(
        &self,
        tx: &DatabaseTransaction,
        event: &Event,
        concern: Concern<'_>,
        now: Millis,
    ) -> Result<Vec<Id>, StoreError> {
        let accounts = self.concerned(tx, &event.id, concern).await?;
        let Some(kind) = concern.kind().filter(|_| !accounts.is_empty()) else {
            return Ok(accounts);
        };
        let station = strings(
            tx,
            "SELECT name FROM station WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), event.draft.station_id.as_str().into()],
        )
        .await?;
        let starts_at = event.draft.starts_at;
        let is_today = |at: Millis| date_of(at) == date_of(now);
        let notice = MeetingNotice {
            subject: Subject::Event(event.id.clone()),
            title: event_title(starts_at, station.first().map_or("", String::as_str)),
            kind,
            urgent: match concern {
                Concern::Moved(was) => is_today(was) || is_today(starts_at),
                Concern::Cancelled => is_today(starts_at),
                _ => false,
            },
            over_at: (kind == MeetingKind::EventStarts).then_some(starts_at),
            once: match concern {
                Concern::Starts => Some(format!("{}:{}:{starts_at}", kind.code(), event.id)),
                Concern::Answered(_, question) => Some([kind.code(), ":", question].concat()),
                _ => None,
            },
        };
        self.keep_meeting_notice(tx, &accounts, &notice, now).await?;
        Ok(accounts)
    }

    /// The accounts concerned, each once. Whoever gave up a seat is left alone, even where they asked something.
    async fn concerned(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        concern: Concern<'_>,
    ) -> Result<Vec<Id>, StoreError> {
        let seats = match concern {
            Concern::Cancelled | Concern::Moved(_) => "('confirmed', 'waiting')",
            Concern::Starts => "('confirmed')",
            Concern::MovedUp(accounts) => return Ok(accounts.to_vec()),
            Concern::Question(author) | Concern::Answered(author, _) | Concern::ToLetter(author) => {
                return Ok(vec![author.clone()]);
            }
        };
        let of_event = || [self.tenant().into(), event_id.into()];
        let mut query = Query::new(
            "SELECT account_id FROM event_registration WHERE tenant_id = ? AND event_id = ? AND state IN",
            of_event(),
        );
        query.push(seats, []);
        query.push(
            "UNION SELECT q.account_id FROM event_question q WHERE q.tenant_id = ? AND q.event_id = ? AND q.account_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM event_registration r WHERE r.tenant_id = q.tenant_id
             AND r.event_id = q.event_id AND r.account_id = q.account_id AND r.state NOT IN",
            of_event(),
        );
        query.push(&[seats, ")"].concat(), []);
        query.push(
            "UNION SELECT a.id FROM event_party p JOIN account a ON a.tenant_id = p.tenant_id
             AND (p.role = 'deputy' AND a.deputy_id = p.ref_id OR p.role = 'unit' AND a.unit_id = p.ref_id)
             WHERE p.tenant_id = ? AND p.event_id = ?",
            of_event(),
        );
        let mut found = query.strings(tx).await?;
        found.sort_unstable();
        Ok(found)
    }

    /// Reminds of events that begin within `ahead`; each beginning once, however many servers look. Of what was cancelled
    /// or moved away nobody is reminded. Tells how many events were looked at, and how many people were told.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn remind_of_events(&self, ahead: Millis, now: Millis, limit: u64) -> Result<(u64, u64), EventError> {
        let due = strings(
            &self.read,
            "SELECT id FROM event WHERE tenant_id = $1 AND state IN ('announced', 'open', 'live') AND starts_at > $2
             AND starts_at <= $3 AND (reminded_for IS NULL OR reminded_for <> starts_at) ORDER BY starts_at, id LIMIT $4",
            vec![
                self.tenant().into(),
                now.into(),
                (now + ahead).into(),
                (limit as i64).into(),
            ],
        )
        .await?;
        let mut reminded = 0;
        for id in &due {
            let tx = self.begin().await?;
            let event = self.lock_event(&tx, id).await?;
            let starts_at = event.draft.starts_at;
            let is_due =
                (event.state.is_ahead() || event.state.is_open()) && starts_at > now && starts_at <= now + ahead;
            let is_first = execute(
                &tx,
                "UPDATE event SET reminded_for = starts_at WHERE tenant_id = $1 AND id = $2
                 AND (reminded_for IS NULL OR reminded_for <> starts_at)",
                vec![self.tenant().into(), id.as_str().into()],
            )
            .await?
                == 1;
            if !is_due || !is_first {
                tx.rollback().await?;
                continue;
            }
            let told = self.tell_concerned(&tx, &event, Concern::Starts, now).await?;
            tx.commit().await?;
            self.tell(&told);
            reminded += told.len() as u64;
        }
        Ok((due.len() as u64, reminded))
    }
}
