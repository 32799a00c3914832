//! What a letter brings along besides its words: a place on the map, whether its author may be called, who helped.
//!
//! All of it is the person's own: it stands beside the letter and not in its log, and goes when the letter is archived.

use crate::sql::{Query, code, execute};
use crate::{Store, StoreError};
use liaison_domain::dto::{Helper, HelperConsent, Spot};
use liaison_domain::geo::Coordinates;
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// Beside a letter; empty for most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// As it was given, bit for bit.
    pub spot: Option<Spot>,
    /// Whether those who handle it may see the number and call; none: not asked.
    pub may_call: Option<bool>,
    /// Who filled in for the author. The phone, where there is one, is masked.
    pub helper: Option<Helper>,
}

#[derive(FromQueryResult)]
struct Row {
    lng: Option<f64>,
    lat: Option<f64>,
    coordinates: Option<String>,
    may_call: Option<bool>,
    helper_name: Option<String>,
    helper_relation: Option<String>,
    helper_phone: Option<String>,
    helper_consent: Option<String>,
}

impl Row {
    fn extra(self) -> Result<Extra, StoreError> {
        let spot = match (self.lng, self.lat, self.coordinates) {
            (Some(lng), Some(lat), Some(system)) => Some(Spot {
                lng,
                lat,
                coordinates: code(Coordinates::from_code, &system)?,
            }),
            _ => None,
        };
        let helper = match (self.helper_name, self.helper_consent) {
            (Some(name), Some(consent)) => Some(Helper {
                name,
                relation: self.helper_relation.unwrap_or_default(),
                phone: self.helper_phone,
                consent: code(HelperConsent::from_code, &consent)?,
            }),
            _ => None,
        };
        Ok(Extra {
            spot,
            may_call: self.may_call,
            helper,
        })
    }
}

impl Store {
    pub(super) async fn keep_extra(
        &self,
        tx: &DatabaseTransaction,
        letter_id: &str,
        extra: &Extra,
    ) -> Result<(), StoreError> {
        if *extra == Extra::default() {
            return Ok(());
        }
        let (spot, helper) = (extra.spot.as_ref(), extra.helper.as_ref());
        execute(
            tx,
            "INSERT INTO message_extra (tenant_id, message_id, lng, lat, coordinates, may_call, helper_name, helper_relation,
             helper_phone, helper_consent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            vec![
                self.tenant().into(),
                letter_id.into(),
                spot.map(|spot| spot.lng).into(),
                spot.map(|spot| spot.lat).into(),
                spot.map(|spot| spot.coordinates.code().to_owned()).into(),
                extra.may_call.into(),
                helper.map(|helper| helper.name.clone()).into(),
                helper.map(|helper| helper.relation.clone()).into(),
                helper.and_then(|helper| helper.phone.clone()).into(),
                helper.map(|helper| helper.consent.code().to_owned()).into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// Whether those who handle a letter may call its author, as the author says it now.
    pub async fn put_may_call(&self, letter_id: &str, may_call: bool) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        execute(
            &tx,
            "INSERT INTO message_extra (tenant_id, message_id, may_call) VALUES ($1, $2, $3)
             ON CONFLICT (tenant_id, message_id) DO UPDATE SET may_call = excluded.may_call",
            vec![self.tenant().into(), letter_id.into(), may_call.into()],
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What a letter brought along.
    pub async fn extra(&self, letter_id: &str) -> Result<Extra, StoreError> {
        let query = Query::new(
            "SELECT lng, lat, coordinates, may_call, helper_name, helper_relation, helper_phone, helper_consent
             FROM message_extra WHERE tenant_id = ? AND message_id = ?",
            [self.tenant().into(), letter_id.into()],
        );
        match query.row::<_, Row>(&self.read).await? {
            Some(row) => row.extra(),
            None => Ok(Extra::default()),
        }
    }
}
