//! Who was told what: the inboxes. Entries are kept in the transaction of what they are about, so that nothing happens
//! untold and nothing is told that did not happen.

use crate::ids::new_id;
use crate::sql::{Query, marks, strings};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{Notice, NoticeTo};
use liaison_domain::notify::{MeetingKind, Subject};
use liaison_domain::{Id, Millis};
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;

/// Something to tell that no event tells by itself: a reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub to: NoticeTo,
    pub letter_id: Id,
    /// A code of `liaison_domain::notify::ReminderKind`.
    pub kind: String,
    /// The same words never reach the same person twice.
    pub once: String,
}

/// Something to tell about a booking, a reception or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingNotice {
    pub subject: Subject,
    /// What it is called where it lies open: day, time, station. Nothing private.
    pub title: String,
    pub kind: MeetingKind,
    /// It was to be today: nobody is to come in vain.
    pub urgent: bool,
    /// From when on it is of no use outside the app.
    pub over_at: Option<Millis>,
    /// As in [`Reminder::once`]; none: it may come again.
    pub once: Option<String>,
}

/// What a line of an inbox is about.
#[derive(Clone, Copy)]
pub(crate) enum About<'a> {
    /// By its id.
    Letter(&'a str),
    Meeting {
        key: &'a str,
        title: &'a str,
        urgent: bool,
        over_at: Option<Millis>,
    },
}

/// A line of somebody's inbox.
pub(crate) struct Entry<'a> {
    pub account: Id,
    pub about: About<'a>,
    pub kind: &'a str,
    pub at: Millis,
    /// See [`Reminder::once`].
    pub once: Option<&'a str>,
}

impl Store {
    /// Puts notices of events into the inboxes of the people they concern. Tells who they are: they hear of it once the
    /// transaction is kept ([`Store::tell`]).
    pub(crate) async fn keep_notices<C: ConnectionTrait>(
        &self,
        db: &C,
        letter_id: &str,
        notices: &[Notice],
        at: Millis,
    ) -> Result<Vec<Id>, StoreError> {
        let mut told = Vec::new();
        for notice in notices {
            let (_, accounts) = self
                .keep_notice(db, letter_id, &notice.to, notice.kind.code(), at, None)
                .await?;
            told.extend(accounts);
        }
        Ok(told)
    }

    /// Puts a reminder into the inboxes of the people it concerns; those who had it already are passed over. Tells how
    /// many got it.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn remind(&self, reminder: &Reminder, at: Millis) -> Result<u64, StoreError> {
        let (count, accounts) = self
            .keep_notice(
                self.writer(),
                &reminder.letter_id,
                &reminder.to,
                &reminder.kind,
                at,
                Some(&reminder.once),
            )
            .await?;
        if count > 0 {
            self.tell(&accounts);
        }
        Ok(count)
    }

    /// Tells accounts of a meeting, in a transaction of its own. Those who had it already (`once`) are passed over. Tells how
    /// many got it.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn tell_of_meeting(
        &self,
        accounts: &[Id],
        notice: &MeetingNotice,
        at: Millis,
    ) -> Result<u64, StoreError> {
        let told = self.keep_meeting_notice(self.writer(), accounts, notice, at).await?;
        self.tell(accounts);
        Ok(told)
    }

    /// The same within the transaction of what happened. Once that is kept, whoever was told hears of it by
    /// [`Store::tell`].
    pub(crate) async fn keep_meeting_notice<C: ConnectionTrait>(
        &self,
        db: &C,
        accounts: &[Id],
        notice: &MeetingNotice,
        at: Millis,
    ) -> Result<u64, StoreError> {
        let active = self.active_accounts(db, accounts.iter().cloned().collect()).await?;
        let key = notice.subject.key();
        let entries: Vec<Entry<'_>> = active
            .into_iter()
            .map(|account| Entry {
                account,
                about: About::Meeting {
                    key: &key,
                    title: &notice.title,
                    urgent: notice.urgent,
                    over_at: notice.over_at,
                },
                kind: notice.kind.code(),
                at,
                once: notice.once.as_deref(),
            })
            .collect();
        let mut told = 0;
        // As many as fit one statement.
        for part in entries.chunks(200) {
            told += self.put_entries(db, part).await?;
        }
        Ok(told)
    }

    async fn keep_notice<C: ConnectionTrait>(
        &self,
        db: &C,
        letter_id: &str,
        to: &NoticeTo,
        kind: &str,
        at: Millis,
        once: Option<&str>,
    ) -> Result<(u64, Vec<Id>), StoreError> {
        let accounts = self.recipients(db, letter_id, to).await?;
        let entries: Vec<Entry<'_>> = accounts
            .iter()
            .map(|account| Entry {
                account: account.clone(),
                about: About::Letter(letter_id),
                kind,
                at,
                once,
            })
            .collect();
        Ok((self.put_entries(db, &entries).await?, accounts))
    }

    /// Puts entries into inboxes; what may come once only and is there already is passed over. Tells how many came.
    pub(crate) async fn put_entries<C: ConnectionTrait>(
        &self,
        db: &C,
        entries: &[Entry<'_>],
    ) -> Result<u64, StoreError> {
        if entries.is_empty() {
            return Ok(0);
        }
        let rows = vec!["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)"; entries.len()].join(", ");
        let mut query = Query::new(
            "INSERT INTO notice (tenant_id, id, account_id, message_id, subject, title, urgent, over_at, kind, at, outside, once)
             VALUES",
            [],
        );
        let mut values = Vec::with_capacity(entries.len() * 11);
        for entry in entries {
            let (letter, key, title, urgent, over_at) = match entry.about {
                About::Letter(id) => (Some(id), None, "", false, None),
                About::Meeting {
                    key,
                    title,
                    urgent,
                    over_at,
                } => (None, Some(key), title, urgent, over_at),
            };
            values.extend([
                self.tenant().into(),
                new_id().into(),
                entry.account.as_str().into(),
                letter.map(str::to_owned).into(),
                key.map(str::to_owned).into(),
                title.into(),
                urgent.into(),
                over_at.into(),
                entry.kind.into(),
                entry.at.into(),
                entry.once.map(str::to_owned).into(),
            ]);
        }
        query
            .push_all(&rows, values)
            .push("ON CONFLICT (tenant_id, account_id, once) DO NOTHING", []);
        query.execute(db).await
    }

    /// Those of the accounts that are in use.
    pub(crate) async fn active_accounts<C: ConnectionTrait>(
        &self,
        db: &C,
        ids: BTreeSet<Id>,
    ) -> Result<BTreeSet<Id>, StoreError> {
        if ids.is_empty() {
            return Ok(ids);
        }
        let mut query = Query::new(
            "SELECT id FROM account WHERE active = TRUE AND tenant_id = ? AND id IN",
            [self.tenant().into()],
        );
        query.push_all(&marks(ids.len()), ids.iter().map(|id| id.as_str().into()));
        Ok(query.strings(db).await?.into_iter().collect())
    }

    /// The accounts behind a party. An office without staff of its own is the main station's, then the head station's.
    pub(crate) async fn recipients<C: ConnectionTrait>(
        &self,
        db: &C,
        letter_id: &str,
        to: &NoticeTo,
    ) -> Result<Vec<Id>, StoreError> {
        // Put in order here: asked for one, SQLite walks through all accounts in that order.
        let of = |sql: &'static str, id: &str| strings(db, sql, vec![self.tenant().into(), id.into()]);
        let mut found = match to {
            NoticeTo::Resident => {
                // The whole speaks for its parts.
                of(
                    "SELECT m.submitter_account_id FROM message m JOIN account a ON a.tenant_id = m.tenant_id
                     AND a.id = m.submitter_account_id WHERE m.tenant_id = $1 AND m.id = $2 AND a.active = TRUE
                     AND m.part_of IS NULL",
                    letter_id,
                )
                .await?
            }
            NoticeTo::Deputy(id) => self.accounts_of_deputy(db, id).await?,
            NoticeTo::Unit(id) => {
                of(
                    "SELECT id FROM account WHERE tenant_id = $1 AND unit_id = $2 AND active = TRUE",
                    id,
                )
                .await?
            }
            NoticeTo::Office(station) => self.office_of(db, station).await?,
        };
        found.sort_unstable();
        Ok(found)
    }

    /// The accounts of a deputy.
    pub(crate) async fn accounts_of_deputy<C: ConnectionTrait>(
        &self,
        db: &C,
        deputy_id: &str,
    ) -> Result<Vec<Id>, StoreError> {
        strings(
            db,
            "SELECT id FROM account WHERE tenant_id = $1 AND deputy_id = $2 AND active = TRUE",
            vec![self.tenant().into(), deputy_id.into()],
        )
        .await
    }

    /// The office of a station: its own, and that of the station above; where there is none, the head station's.
    pub(crate) async fn office_of<C: ConnectionTrait>(&self, db: &C, station_id: &str) -> Result<Vec<Id>, StoreError> {
        const OFFICE: &str = "SELECT id FROM account WHERE tenant_id = $1 AND active = TRUE AND role IN
            ('station_officer', 'station_leader')";
        let own = [
            OFFICE,
            " AND station_id IN (SELECT s.id FROM station s WHERE s.tenant_id = $1 AND (s.id = $2 OR s.id =
             (SELECT p.parent_id FROM station p WHERE p.tenant_id = $1 AND p.id = $2)))",
        ]
        .concat();
        let found = strings(db, &own, vec![self.tenant().into(), station_id.into()]).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let head = [OFFICE, " AND station_id IS NULL"].concat();
        strings(db, &head, vec![self.tenant().into()]).await
    }
}
