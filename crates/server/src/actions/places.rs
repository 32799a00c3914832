//! What the page of a station or deputy says is changed: checked, kept with who did it, pictures taken over or let go.

use crate::load::desk_places as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::{self, PictureError, Size};
use liaison_domain::dto::{
    Contact, DeputyInput, DeputySettings, Directions, FieldError, PhotoInput, StationInput, StationSettings,
};
use liaison_domain::places::{check_deputy, check_station};
use liaison_store::DEFAULT_TENANT;
use liaison_store::directory::{PlaceChanged, PlaceError};
use liaison_store::people::Account;

/// Changes a station of the account's own, if it is still as it was read.
///
/// # Errors
/// Not there for this account, wrong fields, changed meanwhile.
pub async fn change_station(
    state: &AppState,
    account: &Account,
    id: &str,
    version: i64,
    input: StationInput,
) -> ApiResult<StationSettings> {
    let before = load::station(state, account, id).await?;
    let input = tidy_station(input);
    let wrong = check_station(&input);
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    if before.version != version {
        return Err(PlaceError::Changed.into());
    }
    make_middles(state, &input.photos).await?;
    let done = state
        .store
        .change_station(id, version, &input, &account.id, state.now())
        .await;
    let done = settle(state, done).await?;
    tracing::info!(station = id, by = account.id, fields = ?done.fields, "a station's page was changed");
    let after = load::station(state, account, id).await?;
    load::station_settings(state, after).await
}

/// The same for a deputy.
///
/// # Errors
/// Not there for this account, wrong fields, changed meanwhile.
pub async fn change_deputy(
    state: &AppState,
    account: &Account,
    id: &str,
    version: i64,
    input: DeputyInput,
) -> ApiResult<DeputySettings> {
    let before = load::deputy(state, account, id).await?;
    let input = DeputyInput {
        bio: trimmed(&input.bio),
        expertise: input.expertise.iter().map(|tag| trimmed(tag)).collect(),
        photo: input.photo,
    };
    let wrong = check_deputy(&input);
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    if before.version != version {
        return Err(PlaceError::Changed.into());
    }
    make_middles(state, input.photo.as_slice()).await?;
    let done = state
        .store
        .change_deputy(id, version, &input, &account.id, state.now())
        .await;
    let done = settle(state, done).await?;
    tracing::info!(deputy = id, by = account.id, fields = ?done.fields, "a deputy's page was changed");
    let after = load::deputy(state, account, id).await?;
    load::deputy_settings(state, after).await
}

/// The bytes of pictures that went go too. The row is gone already: what cannot be removed now is only room lost.
async fn settle(state: &AppState, done: Result<PlaceChanged, PlaceError>) -> ApiResult<PlaceChanged> {
    let done = done?;
    for id in &done.removed {
        if let Err(error) = state.files.remove(DEFAULT_TENANT, id).await {
            tracing::warn!(picture = id, "a picture that went cannot be removed: {}", error.code());
        }
    }
    Ok(done)
}

/// Every picture just handed in gets its copy for telephones before it is shown anywhere.
async fn make_middles(state: &AppState, photos: &[PhotoInput]) -> ApiResult<()> {
    for (at, photo) in photos.iter().enumerate() {
        let Some(token) = &photo.token else { continue };
        if state.store.unclaimed_upload(&photo.id, token).await?.is_none() {
            return Err(ApiError::Validation(vec![FieldError {
                field: format!("photos.{at}"),
                code: "unknown".to_owned(),
                limit: None,
            }]));
        }
        let full = state.files.get(DEFAULT_TENANT, &photo.id, Size::Full).await?;
        let middle = tokio::task::spawn_blocking(move || uploads::middle(&full)).await;
        let middle = middle.unwrap_or(Err(PictureError::Broken))?;
        state
            .files
            .put_one(DEFAULT_TENANT, &photo.id, Size::Middle, middle)
            .await?;
    }
    Ok(())
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// Without blanks around the texts; the coordinates exactly as they came.
fn tidy_station(input: StationInput) -> StationInput {
    let all = |lines: &[String]| lines.iter().map(|line| trimmed(line)).collect();
    let ways = &input.directions;
    StationInput {
        address: trimmed(&input.address),
        phone: trimmed(&input.phone),
        opening: trimmed(&input.opening),
        contacts: input
            .contacts
            .iter()
            .map(|contact| Contact {
                name: trimmed(&contact.name),
                phone: trimmed(&contact.phone),
            })
            .collect(),
        scope: all(&input.scope),
        charter: all(&input.charter),
        principles: all(&input.principles),
        directions: Directions {
            bus: trimmed(&ways.bus),
            metro: trimmed(&ways.metro),
            parking: trimmed(&ways.parking),
            step_free: trimmed(&ways.step_free),
        },
        lng: input.lng,
        lat: input.lat,
        photos: input.photos,
    }
}
