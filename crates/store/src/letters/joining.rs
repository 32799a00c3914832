//! 附议: a letter that joins a published matter as it arrives. Letter, merge and what follows from it are kept in one
//! transaction: nobody ever finds the one without the other.

use super::submit::{NewLetter, Ready, SubmitError, Submitted, WriteError};
use crate::entity::message;
use crate::idempotency::IdempotencyKey;
use crate::letters::ActError;
use crate::sql::to_json;
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::lifecycle::{CaseEvent, CaseState, Context};
use sea_orm::{DatabaseTransaction, EntityTrait as _, QuerySelect as _};

/// The matter that a letter joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The letter that leads it.
    pub lead: Id,
    /// What the log says about it.
    pub text: String,
}

impl Store {
    /// Keeps a letter and lets it join a published matter. One that a person has to look at first stays as it is, and so
    /// does one whose matter was answered in this moment: it is kept and goes on by itself.
    ///
    /// # Errors
    /// [`SubmitError`]; nothing is kept then.
    pub async fn submit_joining(
        &self,
        new: &NewLetter,
        joining: &Joining,
        ctx: &Context<'_>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Submitted, SubmitError> {
        let ready = match Ready::of(new, ctx, key) {
            Ok(ready) => ready,
            // What was taken once is not refused when it is asked again.
            Err(refusal) => {
                return match key {
                    Some(key) => self.submitted(key).await?.ok_or(refusal),
                    None => Err(refusal),
                };
            }
        };
        let tx = self.begin().await?;
        let kept = match Box::pin(self.join_in(&tx, &ready, joining, ctx)).await {
            Ok((kept, public_changed)) => {
                if public_changed {
                    self.raise_public_revision(&tx).await?;
                }
                tx.commit().await.map_err(StoreError::from)?;
                if public_changed {
                    self.public_changed();
                }
                kept
            }
            Err(error) => {
                tx.rollback().await.map_err(StoreError::from)?;
                return match (error, key) {
                    // Whoever held the key has finished: writing waited for that.
                    (WriteError::KeyKnown, Some(key)) => {
                        let earlier = self.submitted(key).await?;
                        earlier.ok_or_else(|| WriteError::KeyKnown.into())
                    }
                    (error, _) => Err(error.into()),
                };
            }
        };
        self.tell(&kept.told);
        Ok(kept)
    }

    /// The letter as it stands then, and whether what everybody may read changed.
    async fn join_in(
        &self,
        tx: &DatabaseTransaction,
        ready: &Ready,
        joining: &Joining,
        ctx: &Context<'_>,
    ) -> Result<(Submitted, bool), WriteError> {
        // The lead before the numbers, as whoever splits it does: two that wait for each other would wait for ever.
        message::Entity::find_by_id((self.tenant(), joining.lead.clone()))
            .lock_exclusive()
            .one(tx)
            .await
            .map_err(StoreError::from)?;
        let all = self.write(tx, std::slice::from_ref(ready)).await?;
        let Some(mut kept) = all.into_iter().next() else {
            return Err(StoreError::Constraint("nothing was kept".into()).into());
        };
        if !matches!(kept.case.state, CaseState::Submitted | CaseState::Accepted) {
            return Ok((kept, false));
        }
        let event = CaseEvent::Merge {
            into: joining.lead.clone(),
            text: joining.text.clone(),
        };
        let acted = match self.act_in(tx, &kept.id, &event, &ctx.as_system()).await {
            Ok(acted) => acted,
            Err(ActError::Refused { .. } | ActError::Conflict(_) | ActError::NotFound) => return Ok((kept, false)),
            Err(ActError::Store(error)) => return Err(error.into()),
        };
        kept.case = acted.case;
        kept.notices.extend(acted.notices);
        kept.told.extend(acted.told);
        if let Some(key) = &ready.key {
            // Asked again, it is answered as it stands now.
            self.answer_key(tx, key, 201, &to_json(&kept)?).await?;
        }
        Ok((kept, acted.public_changed))
    }
}
