//! What happened to an account: rows are added and never changed. Each row's hash covers the one before, the account's id
//! and the row itself, so that what was changed later does not fit any more. Masked numbers stand beside it, not in it:
//! they go with their person, and the log still fits.

use crate::ids::sha256_hex;
use crate::sql::{code, execute, rows, strings};
use crate::{Store, StoreError};
use liaison_domain::dto::AccountAct;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEvent {
    pub seq: i64,
    pub at: Millis,
    pub act: AccountAct,
    /// The platform that was bound or unbound; how an office made sure who somebody is.
    pub what: String,
    /// None: by itself.
    pub actor_id: Option<Id>,
    /// The number before, masked; none once its person is forgotten.
    pub was: Option<String>,
    pub became: Option<String>,
}

/// An account whose log is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenAccount {
    pub id: Id,
    /// The first row that does not fit.
    pub seq: i64,
}

#[derive(FromQueryResult)]
struct Row {
    seq: i64,
    at: i64,
    act: String,
    what: String,
    actor_id: Option<String>,
    was: Option<String>,
    became: Option<String>,
    hash: String,
}

impl Row {
    fn own_hash(&self, before: &str, account_id: &str) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.to_string());
        let actor = self.actor_id.as_deref().unwrap_or_default();
        sha256_hex(
            [before, account_id, &seq, &at, &self.act, &self.what, actor]
                .join("\n")
                .as_bytes(),
        )
    }
}

impl Store {
    /// Adds a row. The account's own row is taken first: nobody adds one at the same time.
    pub(crate) async fn log_account<C: ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
        act: AccountAct,
        what: &str,
        actor_id: Option<&str>,
        now: Millis,
    ) -> Result<i64, StoreError> {
        execute(
            db,
            "UPDATE account SET notify = notify WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), account_id.into()],
        )
        .await?;
        let last = self.account_rows(db, account_id).await?.pop();
        let entry = Row {
            seq: last.as_ref().map_or(0, |last| last.seq) + 1,
            at: now,
            act: act.code().to_owned(),
            what: what.to_owned(),
            actor_id: actor_id.map(str::to_owned),
            was: None,
            became: None,
            hash: String::new(),
        };
        let hash = entry.own_hash(last.as_ref().map_or("", |last| &last.hash), account_id);
        execute(
            db,
            "INSERT INTO account_event (tenant_id, account_id, seq, at, act, what, actor_id, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            vec![
                self.tenant().into(),
                account_id.into(),
                entry.seq.into(),
                entry.at.into(),
                entry.act.into(),
                entry.what.into(),
                entry.actor_id.into(),
                hash.into(),
            ],
        )
        .await?;
        Ok(entry.seq)
    }

    async fn account_rows<C: ConnectionTrait>(&self, db: &C, account_id: &str) -> Result<Vec<Row>, StoreError> {
        rows(
            db,
            "SELECT seq, at, act, what, actor_id, was, became, hash FROM account_event
             WHERE tenant_id = $1 AND account_id = $2 ORDER BY seq",
            vec![self.tenant().into(), account_id.into()],
        )
        .await
    }

    /// What happened to an account, oldest first.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn account_events(&self, account_id: &str) -> Result<Vec<AccountEvent>, StoreError> {
        let found = self.account_rows(&self.read, account_id).await?;
        let event = |row: Row| {
            Ok(AccountEvent {
                seq: row.seq,
                at: row.at,
                act: code(AccountAct::from_code, &row.act)?,
                what: row.what,
                actor_id: row.actor_id,
                was: row.was,
                became: row.became,
            })
        };
        found.into_iter().map(event).collect()
    }

    /// Every account whose log is not as it was written, with the first row that does not fit.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn broken_accounts(&self) -> Result<Vec<BrokenAccount>, StoreError> {
        let ids = strings(
            &self.read,
            "SELECT DISTINCT account_id FROM account_event WHERE tenant_id = $1 ORDER BY account_id",
            vec![self.tenant().into()],
        )
        .await?;
        let mut broken = Vec::new();
        for id in ids {
            let mut before = String::new();
            let log = self.account_rows(&self.read, &id).await?;
            let wrong = log.iter().zip(1..).find_map(|(entry, seq)| {
                let fits = entry.seq == seq && entry.hash == entry.own_hash(&before, &id);
                before.clone_from(&entry.hash);
                (!fits).then_some(seq)
            });
            broken.extend(wrong.map(|seq| BrokenAccount { id: id.clone(), seq }));
        }
        Ok(broken)
    }
}
