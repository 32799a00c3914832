//! A measure follows its person to another telephone number.

use super::SAME_PERSON;
use crate::sql::execute;
use crate::{Store, StoreError};
use sea_orm::ConnectionTrait;

impl Store {
    /// Whatever holds for a person by their account or number now holds for another number too. Measures whose number was
    /// forgotten count for nothing any more and stay so.
    pub(crate) async fn restrictions_follow<C: ConnectionTrait>(
        &self,
        db: &C,
        account_id: &str,
        phone_hash: &str,
    ) -> Result<u64, StoreError> {
        let sql = [
            "INSERT INTO restriction_number (tenant_id, restriction_id, phone_hash)
             SELECT r.tenant_id, r.id, CAST($3 AS TEXT) FROM restriction r WHERE r.phone_hash IS NOT NULL
             AND r.phone_hash <> $3 AND ",
            SAME_PERSON,
            " ON CONFLICT (tenant_id, restriction_id, phone_hash) DO NOTHING",
        ]
        .concat();
        execute(
            db,
            &sql,
            vec![self.tenant().into(), account_id.into(), phone_hash.into()],
        )
        .await
    }
}
