//! A visitor's number in the ledger: shown for a reason, and whoever left it reads who looked.

use super::counter::refused;
use crate::assemble::names::addressed;
use crate::auth::phone;
use crate::problem::{ApiError, ApiResult, Standing};
use crate::state::AppState;
use liaison_domain::dto::{NumberLook, RevealedNumber, check_text};
use liaison_domain::lifecycle::{Refusal, RefusalKind};
use liaison_store::people::Account;
use liaison_store::receptions::{Look, Recorded};

/// Longest reason, in characters: as for a letter's.
const REASON: usize = 200;

/// Shows a record's number. First the look is kept, then the number is shown: who looked is known even when the answer is
/// lost on the way.
pub async fn reveal(state: &AppState, account: &Account, record: &Recorded, reason: &str) -> ApiResult<RevealedNumber> {
    if let Some(wrong) = check_text("reason", reason, REASON) {
        return Err(ApiError::Validation(vec![wrong]));
    }
    let sealed = record.phone_encrypted.as_deref();
    // Nothing to show is no reason to keep a look.
    let number = sealed
        .and_then(|text| phone::decrypt(state, text))
        .ok_or(ApiError::Refused(
            Refusal::of(RefusalKind::ValueInvalid),
            Standing::default(),
        ))?;
    let look = Look {
        account_id: account.id.clone(),
        reason: reason.trim().to_owned(),
        at: state.now(),
    };
    state.store.look_at_number(&record.id, &look).await.map_err(refused)?;
    tracing::info!(
        record = record.id,
        account = account.id,
        "a visitor's number was looked at"
    );
    Ok(RevealedNumber { phone: number })
}

/// Who looked at a record's number.
pub async fn of_record(state: &AppState, record_id: &str, station_id: &str) -> ApiResult<Vec<NumberLook>> {
    let looks = state.store.looks_at_record(record_id).await?;
    named(state, looks, station_id).await
}

/// Who looked at the number of whoever booked.
pub async fn of_booking(state: &AppState, appointment_id: &str, station_id: &str) -> ApiResult<Vec<NumberLook>> {
    let looks = state.store.looks_at_booking(appointment_id).await?;
    named(state, looks, station_id).await
}

/// Named as an office and never as a private person, as in a letter's history.
async fn named(state: &AppState, looks: Vec<Look>, station_id: &str) -> ApiResult<Vec<NumberLook>> {
    let directory = state.directory().await?;
    let station = |id: &str| directory.station(id).map(|found| found.card.name.clone());
    let mut all = Vec::new();
    for look in looks {
        let account = state.store.account(&look.account_id).await?;
        let (deputy, own) = account.map_or((None, None), |account| (account.deputy_id, account.station_id));
        let deputy = deputy.and_then(|id| directory.deputy(&id).map(|found| addressed(&found.card)));
        all.push(NumberLook {
            who: deputy
                .or_else(|| own.as_deref().and_then(station))
                .or_else(|| station(station_id))
                .unwrap_or_default(),
            reason: look.reason,
            at: look.at,
        });
    }
    Ok(all)
}
