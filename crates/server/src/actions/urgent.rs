//! The urgent channel: a short letter that a person looks at within hours. It stays open to those who are restricted.

use super::{letter, restrictions};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{FieldError, LetterExtra, NewLetter, Receipt, UrgentLetter};
use liaison_domain::form::title_of;
use liaison_domain::lifecycle::{LetterKind, NameShown};
use liaison_domain::restriction::{UrgentKind, Use};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_store::restrictions::NewUrgent;
use liaison_web::i18n::zh::restrictions as words;

fn given(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// As a letter: its text says what the channel asked besides.
fn as_letter(urgent: &UrgentLetter) -> NewLetter {
    let body = match UrgentKind::from_code(&urgent.kind) {
        Some(kind) if !urgent.body.trim().is_empty() => words::urgent_text(kind, &urgent.why, &urgent.body),
        _ => urgent.body.clone(),
    };
    NewLetter {
        body,
        kind: LetterKind::Help,
        title: given(&urgent.body).map(|body| title_of(&body)),
        category: None,
        category_by_resident: false,
        area: None,
        place: given(&urgent.place),
        deputy: None,
        station: given(&urgent.station),
        name: None,
        name_shown: NameShown::Hidden,
        consent_publish: false,
        media: Vec::new(),
        instead_of: None,
        extra: LetterExtra::default(),
        attachments: Vec::new(),
    }
}

/// What is wrong with it, field by field.
pub fn wrong_in(state: &AppState, urgent: &UrgentLetter) -> Vec<FieldError> {
    let mut all = urgent.check();
    all.extend(letter::wrong_in(state, &as_letter(urgent)));
    all
}

/// Hands it in: held for a person to look at, within the limit of the urgent channel.
pub async fn submit(
    state: &AppState,
    account: &Account,
    urgent: &UrgentLetter,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    let wrong = wrong_in(state, urgent);
    let (Some(kind), true) = (UrgentKind::from_code(&urgent.kind), wrong.is_empty()) else {
        return Err(ApiError::Validation(wrong));
    };
    // Whether an ordinary letter would have been refused, before this one counts.
    let held = restrictions::held(state, account, Use::Letter).await?;
    let (receipt, replayed) = letter::submit_urgent(state, account, &as_letter(urgent), key).await?;
    let kept = NewUrgent {
        kind,
        why: urgent.why.trim().to_owned(),
        restriction_id: held.map(|held| held.id),
    };
    state
        .store
        .keep_urgent(&receipt.id, &kept, receipt.submitted_at)
        .await?;
    Ok((receipt, replayed))
}
