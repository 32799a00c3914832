//! Whom something about an event concerns. One place, so that whatever is to be kept in inboxes about events is kept
//! here, in the transaction of what it is about.

use crate::sql::Query;
use crate::{Store, StoreError};
use liaison_domain::Id;
use sea_orm::DatabaseTransaction;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern<'a> {
    /// It does not take place: everybody who wanted to come, and everybody who asked.
    Cancelled,
    /// Time or place changed: everybody who wants to come.
    Moved,
    /// A seat became free for those who waited.
    MovedUp(&'a [Id]),
    /// Its author's question was shown, answered, followed up or hidden.
    Question(&'a Id),
}

impl Store {
    /// The accounts concerned, each once. Call it before the change itself takes them off the list.
    pub(super) async fn concerned(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        concern: Concern<'_>,
    ) -> Result<Vec<Id>, StoreError> {
        let registered = || {
            Query::new(
                "SELECT account_id FROM event_registration WHERE tenant_id = ? AND event_id = ?
                 AND state IN ('confirmed', 'waiting')",
                [self.tenant().into(), event_id.into()],
            )
        };
        match concern {
            Concern::Cancelled => {
                let mut query = registered();
                query.push(
                    "UNION SELECT account_id FROM event_question WHERE tenant_id = ? AND event_id = ?",
                    [self.tenant().into(), event_id.into()],
                );
                query.strings(tx).await
            }
            Concern::Moved => registered().strings(tx).await,
            Concern::MovedUp(accounts) => Ok(accounts.to_vec()),
            Concern::Question(author) => Ok(vec![author.clone()]),
        }
    }
}
