//! One letter about several matters becomes several cases with one voice.

use super::act::{ActError, Acted};
use super::extra::Extra;
use super::submit::{NewLetter, SubmitError};
use crate::sql::execute;
use crate::{Store, StoreError, new_id};
use liaison_domain::Id;
use liaison_domain::lifecycle::{
    CaseClass, CaseEvent, Context, NameShown, NewCase, Refusal, RefusalKind, Screening, Urgency,
};
use sea_orm::DatabaseTransaction;

/// One matter of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub title: String,
    pub body: String,
    pub category_id: Id,
}

impl Store {
    /// Cuts a letter into parts: each becomes a letter of its own, taken on at once with the whole's class and date, and
    /// the whole waits for them. All of it or nothing.
    ///
    /// # Errors
    /// [`ActError`]; also when a part's category does not exist.
    pub async fn split(&self, letter_id: &str, parts: &[Part], ctx: &Context<'_>) -> Result<Acted, ActError> {
        let tx = self.begin().await?;
        match Box::pin(self.split_in(&tx, letter_id, parts, ctx)).await {
            Ok(acted) => {
                if acted.public_changed {
                    self.raise_public_revision(&tx).await?;
                }
                tx.commit().await.map_err(StoreError::from)?;
                self.tell(&acted.told);
                if acted.public_changed {
                    self.public_changed();
                }
                Ok(acted)
            }
            Err(error) => {
                tx.rollback().await.map_err(StoreError::from)?;
                Err(error)
            }
        }
    }

    /// Makes a letter a part of another that is about to be cut: for whoever tells both their stories in letters of their
    /// own, as the demo district does.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn keep_as_part(&self, part: &str, whole: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        self.mark_part(&tx, part, whole).await?;
        tx.commit().await?;
        self.tell(&[]);
        Ok(())
    }

    async fn split_in(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        parts: &[Part],
        ctx: &Context<'_>,
    ) -> Result<Acted, ActError> {
        let whole = self.load(letter_id).await?.ok_or(ActError::NotFound)?;
        let refused = |refusal: Refusal| ActError::Refused {
            refusal,
            case: Box::new(whole.case.clone()),
        };
        let mut ids = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            let new = NewLetter {
                case: NewCase {
                    id: new_id(),
                    station_id: whole.case.station_id.clone(),
                    deputy_id: None,
                    category_id: Some(part.category_id.clone()),
                    urgency: Urgency::Normal,
                    consent_publish: false,
                    name_shown: NameShown::Hidden,
                    restricted: false,
                    on_behalf: None,
                    screening: Screening::default(),
                },
                kind: whole.kind,
                title: part.title.clone(),
                body: part.body.clone(),
                area_id: whole.area_id.clone(),
                category_guessed: false,
                place: whole.place.clone(),
                account_id: whole.account_id.clone(),
                name: None,
                attachments: Vec::new(),
                query_code: None,
                media: Vec::new(),
                instead_of: None,
                extra: Extra::default(),
            };
            let plain = Context {
                expected_version: None,
                ..ctx.clone()
            };
            let kept = Box::pin(self.submit_in(tx, &new, &plain))
                .await
                .map_err(|error| match error {
                    SubmitError::Refused(refusal) => refused(refusal),
                    SubmitError::Store(error) => error.into(),
                    SubmitError::Mismatch => StoreError::Constraint("no key was given".into()).into(),
                })?;
            // Before anything else happens to it, so that nobody is told of it as of a letter of their own.
            self.mark_part(tx, &kept.id, letter_id).await?;
            let accept = CaseEvent::Accept {
                category_id: part.category_id.clone(),
                class: whole.case.class.unwrap_or(CaseClass::Normal),
                urgency: whole.case.urgency,
                due_at: whole.case.due_at.filter(|due| *due > ctx.now),
            };
            Box::pin(self.act_in(tx, &kept.id, &accept, &plain))
                .await
                .map_err(|error| match error {
                    ActError::Refused { refusal, .. } => refused(Refusal {
                        field: refusal.field.map(|field| format!("parts.{at}.{field}")),
                        ..refusal
                    }),
                    error => error,
                })?;
            ids.push(kept.id);
        }
        if ids.len() < 2 {
            return Err(refused(Refusal::at(RefusalKind::ValueInvalid, "parts")));
        }
        Box::pin(self.act_in(tx, letter_id, &CaseEvent::Split { parts: ids }, ctx)).await
    }

    async fn mark_part(&self, tx: &DatabaseTransaction, part: &str, whole: &str) -> Result<(), StoreError> {
        execute(
            tx,
            "UPDATE message SET part_of = $1 WHERE tenant_id = $2 AND id = $3",
            vec![whole.into(), self.tenant().into(), part.into()],
        )
        .await?;
        // The receipt of a part is nobody's: the whole has one.
        execute(
            tx,
            "DELETE FROM notice WHERE tenant_id = $1 AND message_id = $2 AND account_id =
             (SELECT submitter_account_id FROM message WHERE tenant_id = $1 AND id = $2)",
            vec![self.tenant().into(), part.into()],
        )
        .await?;
        Ok(())
    }
}
