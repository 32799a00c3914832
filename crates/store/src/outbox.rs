//! What goes out to telephones and mailboxes: planned from the inboxes, taken by lease, sent, tried again, dead.
//!
//! What to say and when is decided by the caller (`liaison_domain::notify`); here it is kept so that several servers
//! neither plan nor send the same thing twice.

use crate::ids::new_id;
use crate::sql::{Query, code, execute, marks, number, row, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::{Kind, OpenNotice, OutboxState, Preferences};
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::{BTreeMap, BTreeSet};

/// Where somebody can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub account_id: Id,
    pub role: Role,
    pub email: Option<String>,
    /// Sealed; the server opens it.
    pub phone_encrypted: Option<String>,
    pub preferences: Preferences,
}

/// What waits for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub to: Addressee,
    /// Oldest first.
    pub open: Vec<OpenNotice>,
    /// What this person had a message about since the day began.
    pub told_today: BTreeSet<Id>,
    /// The numbers of the letters spoken of, and what meetings are called.
    pub numbers: BTreeMap<Id, String>,
}

/// A message to keep for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    pub channel: String,
    pub subject: String,
    pub body: String,
    /// The letter, when it speaks of one alone.
    pub letter_id: Option<Id>,
    /// How many entries it stands for.
    pub notices: u64,
    pub urgent: bool,
}

/// What was decided about what waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    pub messages: Vec<NewMessage>,
    /// Entries that are part of a message now.
    pub told: Vec<Id>,
    /// Entries that nothing goes out for.
    pub silent: Vec<Id>,
}

/// A message that this server, and no other, sends now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    pub id: Id,
    pub to: Addressee,
    pub channel: String,
    pub subject: String,
    pub body: String,
    pub urgent: bool,
    /// This one included.
    pub attempts: u32,
}

/// A message as the staff's list shows it: to whom, but not where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: Id,
    pub name: String,
    pub role: Role,
    pub channel: String,
    pub subject: String,
    pub state: OutboxState,
    pub attempts: u32,
    pub urgent: bool,
    pub notices: u64,
    pub next_at: Millis,
    pub last_error: Option<String>,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
}

#[derive(FromQueryResult)]
struct AddresseeRow {
    id: String,
    role: String,
    email: Option<String>,
    phone_enc: Option<String>,
    notify: Option<String>,
}

#[derive(FromQueryResult)]
struct OpenRow {
    id: String,
    about: String,
    no: String,
    kind: String,
    at: i64,
    urgent: bool,
    over_at: Option<i64>,
    taken_back: bool,
    takes_back: Option<String>,
}

#[derive(FromQueryResult)]
struct LeasedRow {
    id: String,
    account_id: String,
    channel: String,
    subject: String,
    body: String,
    urgent: bool,
    attempts: i64,
    to_enc: Option<String>,
}

#[derive(FromQueryResult)]
struct ListRow {
    id: String,
    display_name: String,
    role: String,
    channel: String,
    subject: String,
    state: String,
    attempts: i64,
    urgent: bool,
    notices: i64,
    next_at: i64,
    last_error: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
}

/// Every entry that nothing went out for. An event was taken back when the next one of its letter is an `undo`; an `undo`
/// is worth telling only to those who were told outside of what it takes back. An offer or a reminder was taken back when
/// the booking, or the event, does not stand as it says.
const OPEN: &str =
    "SELECT n.id, COALESCE(n.message_id, n.subject) AS about, COALESCE(m.no, n.title) AS no, n.kind, n.at,
        (n.urgent OR COALESCE(m.urgency, 'normal') <> 'normal') AS urgent, n.over_at,
        (n.kind = 'booking_offered' AND EXISTS (SELECT 1 FROM appointment b WHERE b.tenant_id = n.tenant_id
            AND b.id = SUBSTR(n.subject, 9) AND b.state <> 'offered'))
        OR (n.kind = 'booking_reminder' AND EXISTS (SELECT 1 FROM appointment b WHERE b.tenant_id = n.tenant_id
            AND b.id = SUBSTR(n.subject, 9) AND (b.state <> 'booked' OR b.starts_at <> n.over_at)))
        OR (n.kind = 'event_starts' AND EXISTS (SELECT 1 FROM event b WHERE b.tenant_id = n.tenant_id
            AND b.id = SUBSTR(n.subject, 7) AND (b.state NOT IN ('announced', 'open', 'live') OR b.starts_at <> n.over_at
            OR EXISTS (SELECT 1 FROM event_registration g WHERE g.tenant_id = b.tenant_id AND g.event_id = b.id
                AND g.account_id = n.account_id AND g.state IN ('withdrawn', 'cancelled')))))
        OR EXISTS (SELECT 1 FROM message_event e JOIN message_event u ON u.tenant_id = e.tenant_id
            AND u.message_id = e.message_id AND u.seq = e.seq + 1 AND u.type = 'undo'
            WHERE e.tenant_id = n.tenant_id AND e.message_id = n.message_id AND e.type = n.kind AND e.at = n.at)
            AS taken_back,
        CASE WHEN n.kind <> 'undo' THEN NULL ELSE COALESCE((SELECT t.outside FROM message_event u
            JOIN message_event e ON e.tenant_id = u.tenant_id AND e.message_id = u.message_id AND e.seq = u.seq - 1
            JOIN notice t ON t.tenant_id = e.tenant_id AND t.message_id = e.message_id AND t.kind = e.type
                AND t.at = e.at AND t.account_id = n.account_id
            WHERE u.tenant_id = n.tenant_id AND u.message_id = n.message_id AND u.type = 'undo' AND u.at = n.at
            LIMIT 1), 'none') END AS takes_back
    FROM notice n LEFT JOIN message m ON m.tenant_id = n.tenant_id AND m.id = n.message_id
    WHERE n.tenant_id = $1 AND n.account_id = $2 AND n.outside = 'open' ORDER BY n.at, n.id LIMIT 500";

impl Store {
    /// The accounts that something waits for, after the given one.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn accounts_waiting(&self, after: &str, limit: u64) -> Result<Vec<Id>, StoreError> {
        strings(
            &self.read,
            "SELECT DISTINCT account_id FROM notice WHERE tenant_id = $1 AND outside = 'open' AND account_id > $2
             ORDER BY account_id LIMIT $3",
            vec![self.tenant().into(), after.into(), (limit as i64).into()],
        )
        .await
    }

    /// What waits for an account. `day`: when today began.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn waiting(&self, account_id: &str, day: Millis) -> Result<Option<Waiting>, StoreError> {
        self.waiting_on(&self.read, account_id, day).await
    }

    /// Decides about what waits for an account and keeps the decision, in one transaction that no other server's can
    /// cross: what is decided on is what is there.
    ///
    /// # Errors
    /// What the database refused; nothing is kept then.
    pub async fn plan_messages(
        &self,
        account_id: &str,
        day: Millis,
        now: Millis,
        decide: impl FnOnce(&Waiting) -> Decision + Send,
    ) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        // The account's row is everybody's turn; on SQLite the transaction is.
        execute(
            &tx,
            "UPDATE account SET notify = notify WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        let Some(waiting) = self.waiting_on(&tx, account_id, day).await? else {
            tx.rollback().await?;
            return Ok(0);
        };
        let decision = decide(&waiting);
        for message in &decision.messages {
            Query::new(
                "INSERT INTO outbox (tenant_id, id, account_id, channel, subject, body, message_id, notices, urgent, state,
                 attempts, next_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)",
                [
                    self.tenant().into(),
                    new_id().into(),
                    account_id.into(),
                    message.channel.as_str().into(),
                    message.subject.as_str().into(),
                    message.body.as_str().into(),
                    message.letter_id.clone().into(),
                    (message.notices as i64).into(),
                    message.urgent.into(),
                    now.into(),
                    now.into(),
                ],
            )
            .execute(&tx)
            .await?;
        }
        let told = Query::new("UPDATE notice SET outside = 'planned', told_at = ?", [now.into()]);
        self.settle(&tx, told, &decision.told).await?;
        self.settle(
            &tx,
            Query::new("UPDATE notice SET outside = 'none'", []),
            &decision.silent,
        )
        .await?;
        tx.commit().await?;
        Ok(decision.messages.len() as u64)
    }

    async fn settle<C: ConnectionTrait>(&self, db: &C, mut change: Query, ids: &[Id]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        change
            .push("WHERE tenant_id = ? AND id IN", [self.tenant().into()])
            .push_all(&marks(ids.len()), ids.iter().map(|id| id.as_str().into()));
        change.execute(db).await?;
        Ok(())
    }

    /// Nothing goes out for what waits: there is no channel. Tells how many entries that were.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn silence(&self) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "UPDATE notice SET outside = 'none' WHERE tenant_id = $1 AND outside = 'open'",
            vec![self.tenant().into()],
        )
        .await
    }

    async fn waiting_on<C: ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
        day: Millis,
    ) -> Result<Option<Waiting>, StoreError> {
        let Some(to) = self.addressee(db, account_id).await? else {
            return Ok(None);
        };
        let found: Vec<OpenRow> = rows(db, OPEN, vec![self.tenant().into(), account_id.into()]).await?;
        let told = strings(
            db,
            "SELECT DISTINCT COALESCE(message_id, subject) FROM notice WHERE tenant_id = $1 AND account_id = $2 AND told_at >= $3",
            vec![self.tenant().into(), account_id.into(), day.into()],
        )
        .await?;
        let mut waiting = Waiting {
            to,
            open: Vec::with_capacity(found.len()),
            told_today: told.into_iter().collect(),
            numbers: BTreeMap::new(),
        };
        for row in found {
            let void = row.taken_back || row.takes_back.is_some_and(|outside| outside != "planned");
            // A meeting that was moved is called by its new time.
            waiting.numbers.insert(row.about.clone(), row.no);
            waiting.open.push(OpenNotice {
                id: row.id,
                about: row.about,
                kind: code(Kind::from_code, &row.kind)?,
                at: row.at,
                urgent: row.urgent,
                void,
                over_at: row.over_at,
            });
        }
        Ok(Some(waiting))
    }

    async fn addressee<C: ConnectionTrait>(&self, db: &C, account_id: &str) -> Result<Option<Addressee>, StoreError> {
        let found: Option<AddresseeRow> = row(
            db,
            "SELECT id, role, email, phone_enc, notify FROM account WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        found
            .map(|row| {
                Ok(Addressee {
                    account_id: row.id,
                    role: code(Role::from_code, &row.role)?,
                    email: row.email.filter(|email| !email.is_empty()),
                    phone_encrypted: row.phone_enc,
                    preferences: Preferences::read(row.notify.as_deref()),
                })
            })
            .transpose()
    }

    /// Where and how an account wants to be told outside the app.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn contact(&self, account_id: &str) -> Result<Option<Addressee>, StoreError> {
        self.addressee(&self.read, account_id).await
    }

    /// Takes messages that are to be sent now, for so long. A lease that ran out is anybody's again.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn lease_messages(&self, now: Millis, until: Millis, limit: u64) -> Result<Vec<Leased>, StoreError> {
        // The condition stands twice: whoever waited for another's update asks again.
        let mut taken: Vec<LeasedRow> = rows(
            self.writer(),
            "UPDATE outbox SET leased_until = $1, attempts = attempts + 1 WHERE tenant_id = $2 AND id IN
             (SELECT id FROM outbox WHERE tenant_id = $2 AND state = 'waiting' AND next_at <= $3
              AND (leased_until IS NULL OR leased_until <= $3) ORDER BY urgent DESC, next_at, id LIMIT $4)
             AND state = 'waiting' AND next_at <= $3 AND (leased_until IS NULL OR leased_until <= $3)
             RETURNING id, account_id, channel, subject, body, urgent, attempts, to_enc",
            vec![until.into(), self.tenant().into(), now.into(), (limit as i64).into()],
        )
        .await?;
        taken.sort_by(|a, b| (!a.urgent, &a.id).cmp(&(!b.urgent, &b.id)));
        let mut leased = Vec::with_capacity(taken.len());
        for row in taken {
            let Some(mut to) = self.addressee(&self.read, &row.account_id).await? else {
                continue;
            };
            // A number that was theirs until just now.
            to.phone_encrypted = row.to_enc.or(to.phone_encrypted);
            leased.push(Leased {
                id: row.id,
                to,
                channel: row.channel,
                subject: row.subject,
                body: row.body,
                urgent: row.urgent,
                attempts: row.attempts as u32,
            });
        }
        Ok(leased)
    }

    /// It was sent. False when somebody else has it meanwhile.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn message_sent(&self, leased: &Leased, now: Millis) -> Result<bool, StoreError> {
        self.mark(
            leased,
            "UPDATE outbox SET state = 'sent', sent_at = ?, leased_until = NULL, last_error = NULL, to_enc = NULL",
            [now.into()],
        )
        .await
    }

    /// It was not sent, and is tried again then.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn message_again(&self, leased: &Leased, next_at: Millis, error: &str) -> Result<bool, StoreError> {
        self.mark(
            leased,
            "UPDATE outbox SET next_at = ?, last_error = ?, leased_until = NULL",
            [next_at.into(), error.into()],
        )
        .await
    }

    /// It has to wait; that was no try.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn message_later(&self, leased: &Leased, next_at: Millis) -> Result<bool, StoreError> {
        self.mark(
            leased,
            "UPDATE outbox SET next_at = ?, attempts = attempts - 1, leased_until = NULL",
            [next_at.into()],
        )
        .await
    }

    /// It will not be sent any more.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn message_dead(&self, leased: &Leased, error: &str) -> Result<bool, StoreError> {
        self.mark(
            leased,
            "UPDATE outbox SET state = 'dead', last_error = ?, leased_until = NULL",
            [error.into()],
        )
        .await
    }

    /// The number of attempts is the lease's own: whoever took the row later has another one.
    async fn mark<const N: usize>(
        &self,
        leased: &Leased,
        change: &str,
        values: [sea_orm::Value; N],
    ) -> Result<bool, StoreError> {
        let mut query = Query::new(change, values);
        query.push(
            "WHERE tenant_id = ? AND id = ? AND state = 'waiting' AND attempts = ?",
            [
                self.tenant().into(),
                leased.id.as_str().into(),
                i64::from(leased.attempts).into(),
            ],
        );
        Ok(query.execute(self.writer()).await? == 1)
    }

    /// Puts a dead message back to be sent, with all its tries. False when there is no such dead message.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn retry_message(&self, id: &str, now: Millis) -> Result<bool, StoreError> {
        let touched = execute(
            self.writer(),
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $1, leased_until = NULL
             WHERE tenant_id = $2 AND id = $3 AND state = 'dead'",
            vec![now.into(), self.tenant().into(), id.into()],
        )
        .await?;
        Ok(touched == 1)
    }

    /// Removes messages that were sent before a moment, so many at once; tells how many went. What waits or could not be
    /// sent stays.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn remove_sent(&self, before: Millis, limit: u64) -> Result<u64, StoreError> {
        // Nothing is sent before it is made: the moment it was made narrows the search by the index there is.
        execute(
            self.writer(),
            "DELETE FROM outbox WHERE tenant_id = $1 AND id IN (SELECT id FROM outbox WHERE tenant_id = $1
             AND state = 'sent' AND created_at < $2 AND sent_at < $2 ORDER BY created_at LIMIT $3)",
            vec![self.tenant().into(), before.into(), (limit as i64).into()],
        )
        .await
    }

    /// How many messages stand where, in the order of [`OutboxState::ALL`].
    ///
    /// # Errors
    /// What the database refused.
    pub async fn outbox_counts(&self) -> Result<Vec<u64>, StoreError> {
        let mut counts = Vec::with_capacity(OutboxState::ALL.len());
        for state in OutboxState::ALL {
            let count = number(
                &self.read,
                "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND state = $2",
                vec![self.tenant().into(), state.code().into()],
            )
            .await?;
            counts.push(count as u64);
        }
        Ok(counts)
    }

    /// The newest messages of a state.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn outbox(&self, state: OutboxState, limit: u64) -> Result<Vec<OutboxRow>, StoreError> {
        let found: Vec<ListRow> = rows(
            &self.read,
            "SELECT o.id, a.display_name, a.role, o.channel, o.subject, o.state, o.attempts, o.urgent, o.notices, o.next_at,
                o.last_error, o.created_at, o.sent_at
             FROM outbox o JOIN account a ON a.tenant_id = o.tenant_id AND a.id = o.account_id
             WHERE o.tenant_id = $1 AND o.state = $2 ORDER BY o.created_at DESC, o.id DESC LIMIT $3",
            vec![self.tenant().into(), state.code().into(), (limit as i64).into()],
        )
        .await?;
        found
            .into_iter()
            .map(|row| {
                Ok(OutboxRow {
                    id: row.id,
                    name: row.display_name,
                    role: code(Role::from_code, &row.role)?,
                    channel: row.channel,
                    subject: row.subject,
                    state: code(OutboxState::from_code, &row.state)?,
                    attempts: row.attempts as u32,
                    urgent: row.urgent,
                    notices: row.notices as u64,
                    next_at: row.next_at,
                    last_error: row.last_error,
                    created_at: row.created_at,
                    sent_at: row.sent_at,
                })
            })
            .collect()
    }

    /// Keeps where and how an account wants to be told outside the app.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn put_contact(
        &self,
        account_id: &str,
        email: Option<&str>,
        preferences: &Preferences,
    ) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE account SET email = $1, notify = $2 WHERE tenant_id = $3 AND id = $4",
            vec![
                email.map(str::to_owned).into(),
                crate::sql::to_json(preferences)?.into(),
                self.tenant().into(),
                account_id.into(),
            ],
        )
        .await?;
        Ok(())
    }
}
