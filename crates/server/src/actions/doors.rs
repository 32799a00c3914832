//! Doors outside: what the district changed, added or turned off, over what ships and what the configuration says.

use crate::library::{door_input, door_of};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{Door, DoorEntry, DoorInput, Doors};
use liaison_domain::guess::{DOORS, built_in_doors, check_door, tidy_door};
use liaison_store::doors::DoorLog;
use liaison_store::people::Account;

/// Changes told beside the list.
const CHANGES: u64 = 10;
/// Longest code.
const CODE: usize = 40;

/// Every door, those out of use too, and who changed them last.
pub async fn all(state: &AppState) -> ApiResult<Doors> {
    let set = state.store.door_settings().await?;
    let versions = state.store.door_versions().await?;
    let version = |code: &str| {
        let known = versions.iter().find(|known| known.code == code);
        known.map_or(0, |known| known.version)
    };
    let configured = &state.configured_library().doors;
    let entry = |door: &Door| {
        let own = set.iter().find(|setting| setting.code == door.code);
        let in_use = configured.iter().find(|known| known.code == door.code);
        DoorEntry {
            door: match (own, in_use) {
                (Some(own), _) => door_of(&door.code, &own.input),
                (None, Some(known)) => known.clone(),
                (None, None) => door.clone(),
            },
            active: own.map_or(in_use.is_some(), |own| own.input.active),
            set: own.is_some(),
            own: false,
            version: version(&door.code),
        }
    };
    // In the order they are told: those that ship, the configuration's own, the desk's own.
    let mut known = built_in_doors();
    for door in configured {
        if known.iter().all(|one| one.code != door.code) {
            known.push(door.clone());
        }
    }
    let mut doors: Vec<DoorEntry> = known.iter().map(entry).collect();
    for setting in &set {
        if known.iter().all(|one| one.code != setting.code) {
            doors.push(DoorEntry {
                door: door_of(&setting.code, &setting.input),
                active: setting.input.active,
                set: true,
                own: true,
                version: version(&setting.code),
            });
        }
    }
    Ok(Doors {
        doors,
        changes: state.store.door_changes(CHANGES).await?,
    })
}

/// Sets a door that was read at `version`, or adds one at 0. The same again changes nothing.
///
/// # Errors
/// Not a code, what is wrong with the fields, or that somebody was quicker.
pub async fn put(state: &AppState, account: &Account, code: &str, version: i64, input: &DoorInput) -> ApiResult<()> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    if code.is_empty() || code.len() > CODE || !code.bytes().all(fits) {
        return Err(ApiError::NotFound);
    }
    let input = tidy_door(input);
    let wrong = check_door(&input);
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let known = all(state).await?.doors;
    let before = known.iter().find(|entry| entry.door.code == code);
    if before.is_none() && known.len() >= DOORS {
        return Err(ApiError::field_limit("name", "too_many", DOORS as u64));
    }
    let fields = match before {
        None => vec!["new"],
        Some(before) => differing(before, &input),
    };
    if fields.is_empty() {
        return Ok(());
    }
    let log = DoorLog {
        name: &input.name,
        fields: &fields,
        by: &account.id,
        now: state.now(),
    };
    state.store.put_door(code, version, &input, log).await?;
    tracing::info!(door = code, by = account.id, ?fields, "a door was changed");
    Ok(state.read_rules().await?)
}

/// The names of what differs.
fn differing(before: &DoorEntry, after: &DoorInput) -> Vec<&'static str> {
    let was = door_input(&before.door);
    let turned = if after.active { "on" } else { "off" };
    let all = [
        ("name", was.name != after.name),
        ("text", was.text != after.text),
        ("number", was.number != after.number),
        ("hours", was.hours != after.hours),
        ("words", was.words != after.words),
        (turned, before.active != after.active),
    ];
    all.into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(name, _)| name)
        .collect()
}

/// Takes a setting back that was read at `version`: what ships or is configured holds again, and one of the desk's own is
/// gone.
///
/// # Errors
/// Nothing was set, or somebody was quicker.
pub async fn take_back(state: &AppState, account: &Account, code: &str, version: i64) -> ApiResult<()> {
    let known = all(state).await?.doors;
    let before = known.iter().find(|entry| entry.door.code == code && entry.set);
    let name = before.map(|entry| entry.door.name.as_str()).ok_or(ApiError::NotFound)?;
    let log = DoorLog {
        name,
        fields: &["taken_back"],
        by: &account.id,
        now: state.now(),
    };
    state.store.take_door_back(code, version, log).await?;
    tracing::info!(door = code, by = account.id, "a door's setting was taken back");
    Ok(state.read_rules().await?)
}
