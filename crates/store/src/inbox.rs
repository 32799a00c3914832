//! Reading inboxes: what somebody was told, how much of it is unread, and marking it read.

use crate::page::{Cursor, cut};
use crate::sql::{Query, number, strings};
use crate::{Store, StoreError};
use liaison_domain::dto::{NoticeCount, NoticeRow, Page};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// Which entries are read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'a> {
    /// One, by its id.
    One(&'a str),
    /// Everything about a letter, by the letter's id, or about a meeting, by its key.
    About(&'a str),
    /// Everything until a moment.
    Until(Millis),
}

#[derive(FromQueryResult)]
struct Row {
    id: Id,
    kind: String,
    at: Millis,
    read_at: Option<Millis>,
    message_id: Option<Id>,
    subject: Option<String>,
    no: Option<String>,
    title: String,
    unread_of_letter: i64,
}

impl Store {
    /// An inbox, newest first.
    pub async fn inbox(
        &self,
        account_id: &str,
        unread_only: bool,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<NoticeRow>, StoreError> {
        let mut conditions = Query::new(
            "WHERE n.tenant_id = ? AND n.account_id = ?",
            [self.tenant().into(), account_id.into()],
        );
        if unread_only {
            conditions.push("AND n.read_at IS NULL", []);
        }
        let total = conditions
            .after("SELECT COUNT(*) FROM notice n")
            .number(&self.read)
            .await?;
        let mut query = conditions.after(
            "SELECT n.id, n.kind, n.at, n.read_at, n.message_id, n.subject, m.no, COALESCE(m.title, n.title) AS title,
             (SELECT COUNT(*) FROM notice o WHERE o.tenant_id = n.tenant_id AND o.account_id = n.account_id
              AND o.read_at IS NULL AND (o.message_id = n.message_id OR o.subject = n.subject)) AS unread_of_letter
             FROM notice n LEFT JOIN message m ON m.tenant_id = n.tenant_id AND m.id = n.message_id",
        );
        if let Some(Cursor { key, id }) = Cursor::parse(cursor) {
            query.push(
                "AND (n.at < ? OR (n.at = ? AND n.id < ?))",
                [key.into(), key.into(), id.into()],
            );
        }
        query.push("ORDER BY n.at DESC, n.id DESC LIMIT ?", [(limit as i64 + 1).into()]);
        let mut rows: Vec<Row> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut rows, limit, |row| Cursor {
            key: row.at,
            id: row.id.clone(),
        });
        let items = rows.into_iter().map(|row| NoticeRow {
            id: row.id,
            kind: row.kind,
            at: row.at,
            read: row.read_at.is_some(),
            letter_id: row.message_id.unwrap_or_default(),
            no: row.no.unwrap_or_default(),
            subject: row.subject,
            title: row.title,
            unread_of_letter: row.unread_of_letter as u32,
        });
        Ok(Page {
            items: items.collect(),
            next_cursor,
            total: total as u64,
        })
    }

    /// How many entries of an inbox are unread, and which is the newest.
    pub async fn notice_count(&self, account_id: &str) -> Result<NoticeCount, StoreError> {
        let of = || vec![self.tenant().into(), account_id.into()];
        let unread = number(
            &self.read,
            "SELECT COUNT(*) FROM notice WHERE tenant_id = $1 AND account_id = $2 AND read_at IS NULL",
            of(),
        )
        .await?;
        let last = strings(
            &self.read,
            "SELECT id FROM notice WHERE tenant_id = $1 AND account_id = $2 ORDER BY at DESC, id DESC LIMIT 1",
            of(),
        )
        .await?;
        Ok(NoticeCount {
            unread: unread as u32,
            last: last.into_iter().next(),
        })
    }

    /// Marks entries of an inbox read; tells how many were not. Other screens of the same person hear of it.
    pub async fn mark_read(&self, account_id: &str, seen: Seen<'_>, now: Millis) -> Result<u64, StoreError> {
        let unread = |beginning: Query| {
            let mut query = beginning;
            query.push(
                "WHERE tenant_id = ? AND account_id = ? AND read_at IS NULL",
                [self.tenant().into(), account_id.into()],
            );
            match seen {
                Seen::One(id) => query.push("AND id = ?", [id.into()]),
                Seen::About(id) if id.contains(':') => query.push("AND subject = ?", [id.into()]),
                Seen::About(id) => query.push("AND message_id = ?", [id.into()]),
                Seen::Until(moment) => query.push("AND at <= ?", [moment.into()]),
            };
            query
        };
        // Opening a letter asks each time: most have nothing unread, and then nobody writes.
        let count = unread(Query::new("SELECT COUNT(*) FROM notice", []));
        if count.number(&self.read).await? == 0 {
            return Ok(0);
        }
        let change = unread(Query::new("UPDATE notice SET read_at = ?", [now.into()]));
        let count = change.execute(self.writer()).await?;
        if count > 0 {
            self.tell(&[account_id.to_owned()]);
        }
        Ok(count)
    }

    /// Marks everything until a moment read, in every inbox: for a district whose history was played.
    pub async fn mark_all_read(&self, until: Millis) -> Result<u64, StoreError> {
        Query::new(
            "UPDATE notice SET read_at = at WHERE tenant_id = ? AND read_at IS NULL AND at <= ?",
            [self.tenant().into(), until.into()],
        )
        .execute(self.writer())
        .await
    }
}
