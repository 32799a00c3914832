//! What somebody said at a reception is written down, changed, and becomes a letter in their own words.

use super::counter::refused;
use super::ledger_access as access;
use super::{letter, office};
use crate::auth::phone::{self, Phone};
use crate::auth::secret;
use crate::auth::session::Viewer;
use crate::load::ledger as load;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{
    FieldError, LedgerRecord, LetterExtra, NewLetter, NewRecordRequest, Receipt, RecordChange, RecordConsent,
    RecordKept, check_text,
};
use liaison_domain::form::guess_kind;
use liaison_domain::ledger::{RecordContent, RecordOutcome, check_record};
use liaison_domain::lifecycle::{FiledVia, NameShown, OnBehalf};
use liaison_domain::{Id, Millis};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::people::Account;
use liaison_store::receptions::{NewRecord, Recorded, SealedPhone, Session};

/// Longest note of how somebody agreed, in characters.
const CONSENT: usize = 120;

/// Where and when a talk was.
pub struct Talk<'a> {
    pub session: Option<&'a Session>,
    pub station_id: Id,
    pub at: Millis,
}

impl<'a> Talk<'a> {
    /// At a reception, now; once it is over, at its end.
    pub fn at(session: &'a Session, now: Millis) -> Self {
        Self {
            session: Some(session),
            station_id: session.station_id.clone(),
            at: now.clamp(session.starts_at, session.ends_at),
        }
    }
}

impl Talk<'static> {
    /// At no reception: on a day so far, for a station that the account writes for.
    ///
    /// # Errors
    /// `station` or `date` is missing, unknown or to come.
    pub async fn elsewhere(state: &AppState, account: &Account, station: &str, date: &str) -> ApiResult<Self> {
        let directory = state.directory().await?;
        let found = directory
            .station_by_slug(station)
            .map(|station| station.card.id.clone());
        let station_id = found.ok_or_else(|| ApiError::field("station", "required"))?;
        if !access::stations(state, account).await?.contains(&station_id) {
            return Err(ApiError::field("station", "unknown"));
        }
        let now = state.now();
        let date = Date::parse(date).ok_or_else(|| ApiError::field("date", "required"))?;
        if date > date_of(now) {
            return Err(ApiError::field("date", "future"));
        }
        // Of today the hour is known; of another day nobody asks for it.
        let at = if date == date_of(now) { now } else { date.start() };
        Ok(Self {
            session: None,
            station_id,
            at,
        })
    }
}

/// Keeps a record, and files the letter that it becomes. `once` is what the form or the client chose: the same again is
/// the same record and the same letter.
pub async fn write_down(
    state: &AppState,
    account: &Account,
    talk: Talk<'_>,
    request: &NewRecordRequest,
    once: &str,
) -> ApiResult<RecordKept> {
    let booking = match (&request.appointment_id, talk.session) {
        (Some(id), Some(session)) => {
            let found = state.store.appointment(id).await?;
            let own = found.filter(|found| found.session_id == session.id);
            Some(own.ok_or_else(|| ApiError::field("appointment_id", "unknown"))?)
        }
        (Some(_), None) => return Err(ApiError::field("appointment_id", "unknown")),
        (None, _) => None,
    };
    let (content, mut wrong) = checked(state, &request.content).await?;
    let account_id = booking.as_ref().and_then(|booking| booking.account_id.clone());
    let phone = match sealed(state, request.phone.as_deref(), &mut wrong)? {
        None => number_of(state, account_id.as_deref()).await?,
        given => given,
    };
    if content.outcome == RecordOutcome::Letter {
        wrong.extend(check_consent(request.consent.as_ref()));
        wrong.extend(letter_faults(
            state,
            &letter_of(state, &talk.station_id, &content, false).await?,
        ));
    }
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let new = NewRecord {
        id: id_of(account, once),
        session_id: talk.session.map(|session| session.id.clone()),
        station_id: talk.station_id,
        queue_no: booking.as_ref().and_then(|booking| booking.queue_no),
        account_id,
        appointment_id: booking.map(|booking| booking.id),
        at: talk.at,
        phone,
        created_by: account.id.clone(),
        content,
    };
    let mut record = state.store.add_record(&new, state.now()).await.map_err(refused)?;
    tracing::info!(record = record.id, "a talk was written down");
    let mut receipt = None;
    if let (RecordOutcome::Letter, Some(consent)) = (record.content.outcome, &request.consent) {
        let (filed, linked) = Box::pin(file(state, account, record, consent, once)).await?;
        (receipt, record) = (Some(filed), linked);
    }
    Ok(RecordKept {
        record: load::one(state, record).await?,
        receipt,
    })
}

/// A record that was kept becomes a letter now.
pub async fn become_letter(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    consent: &RecordConsent,
    once: &str,
) -> ApiResult<RecordKept> {
    let account = access::hand(viewer)?;
    let record = access::record(state, account, id).await?;
    let mut wrong: Vec<FieldError> = check_consent(Some(consent)).into_iter().collect();
    wrong.extend(letter_faults(
        state,
        &letter_of(state, &record.station_id, &record.content, false).await?,
    ));
    if record.historic {
        wrong.push(fault("outcome", "invalid"));
    }
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let (receipt, record) = Box::pin(file(state, account, record, consent, once)).await?;
    Ok(RecordKept {
        record: load::one(state, record).await?,
        receipt: Some(receipt),
    })
}

async fn file(
    state: &AppState,
    account: &Account,
    record: Recorded,
    consent: &RecordConsent,
    once: &str,
) -> ApiResult<(Receipt, Recorded)> {
    let new = letter_of(state, &record.station_id, &record.content, consent.publish).await?;
    let resident = resident_of(state, &record).await?;
    let filed = letter::Filed {
        clerk: office::clerk_actor(account),
        on_behalf: OnBehalf {
            via: FiledVia::Reception,
            // Both ends read in the letter's history which talk it came from.
            consent: format!("接待记录 {}；{}", record.no, consent.how.trim()),
        },
    };
    let key = IdempotencyKey {
        scope: format!("record|{}", account.id),
        key: once.to_owned(),
        body_hash: secret::hash(&record.id),
    };
    let (receipt, _) = Box::pin(letter::submit_for(
        state,
        resident.as_ref(),
        &new,
        Some(filed),
        Some(&key),
    ))
    .await?;
    if record.letter_id.as_ref() == Some(&receipt.id) {
        return Ok((receipt, record));
    }
    let linked = state.store.record_became(&record.id, &receipt.id, state.now()).await;
    Ok((receipt, linked.map_err(refused)?))
}

/// Whose letter it is: whoever booked, or whoever has the number they gave; nobody without a telephone.
async fn resident_of(state: &AppState, record: &Recorded) -> ApiResult<Option<Account>> {
    if let Some(id) = &record.account_id {
        return Ok(state.store.account(id).await?);
    }
    let sealed = record.phone_encrypted.as_deref();
    let Some(phone) = sealed.and_then(|text| phone::decrypt(state, text)) else {
        return Ok(None);
    };
    let Some(phone) = Phone::parse(&phone) else {
        return Ok(None);
    };
    let kept = phone.kept(&state.phone_key)?;
    let name = record.content.visitor.as_str();
    Ok(Some(state.store.resident(&kept, name, state.now()).await?))
}

/// The letter in the visitor's words, to the first of those who received, through the record's station.
async fn letter_of(state: &AppState, station_id: &str, content: &RecordContent, publish: bool) -> ApiResult<NewLetter> {
    let directory = state.directory().await?;
    let deputies = content.deputies.iter().filter_map(|one| one.id.as_deref());
    let mut deputies = deputies.filter_map(|id| directory.deputy(id));
    let name = Some(content.visitor.clone()).filter(|name| !name.is_empty() && name.chars().count() <= 20);
    let slug = |id: &Id| directory.category(id).map(|category| category.slug.clone());
    Ok(NewLetter {
        title: Some(content.topic.chars().take(50).collect()),
        body: content.words.clone(),
        kind: guess_kind(&content.words),
        category: content.category_id.as_ref().and_then(slug),
        category_by_resident: false,
        area: None,
        place: None,
        deputy: deputies
            .find(|deputy| deputy.card.status != "left")
            .map(|deputy| deputy.card.slug.clone()),
        station: directory.station(station_id).map(|station| station.card.slug.clone()),
        attachments: Vec::new(),
        name_shown: if name.is_some() {
            NameShown::ToHandlers
        } else {
            NameShown::Hidden
        },
        name,
        consent_publish: publish,
        media: Vec::new(),
        instead_of: None,
        extra: LetterExtra::default(),
    })
}

/// What is wrong with the letter, said of the record's own fields.
fn letter_faults(state: &AppState, new: &NewLetter) -> Vec<FieldError> {
    let mut wrong = letter::wrong_in(state, new);
    for error in &mut wrong {
        let field = match error.field.as_str() {
            "title" => "topic",
            "name" => "visitor",
            "category" => "category",
            _ => "words",
        };
        field.clone_into(&mut error.field);
    }
    wrong
}

fn check_consent(consent: Option<&RecordConsent>) -> Option<FieldError> {
    check_text("consent", consent.map_or("", |consent| &consent.how), CONSENT)
}

/// A record as it is kept: texts trimmed, names as the directory has them; with everything that is wrong.
async fn checked(state: &AppState, content: &RecordContent) -> ApiResult<(RecordContent, Vec<FieldError>)> {
    let text = |text: &str| text.trim().replace("\r\n", "\n");
    let mut content = RecordContent {
        visitor: text(&content.visitor),
        topic: text(&content.topic),
        words: text(&content.words),
        notes: text(&content.notes),
        visit_place: text(&content.visit_place),
        visit_seen: text(&content.visit_seen),
        solved: text(&content.solved),
        ..content.clone()
    };
    let mut wrong = check_record(&content);
    let directory = state.directory().await?;
    for deputy in &mut content.deputies {
        match deputy.id.as_deref().map(|id| directory.deputy(id)) {
            Some(Some(found)) => deputy.name.clone_from(&found.card.name),
            Some(None) => wrong.push(fault("deputies", "unknown")),
            None if deputy.name.trim().is_empty() => wrong.push(fault("deputies", "required")),
            None => {}
        }
    }
    if content
        .category_id
        .as_deref()
        .is_some_and(|id| directory.category(id).is_none())
    {
        wrong.push(fault("category", "unknown"));
    }
    Ok((content, wrong))
}

/// A number as a record keeps it; none where none was given.
fn sealed(state: &AppState, typed: Option<&str>, wrong: &mut Vec<FieldError>) -> ApiResult<Option<SealedPhone>> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    let Some(phone) = Phone::parse(typed) else {
        wrong.push(fault("phone", "invalid"));
        return Ok(None);
    };
    seal(state, &phone).map(Some)
}

/// The number of whoever booked.
async fn number_of(state: &AppState, account_id: Option<&str>) -> ApiResult<Option<SealedPhone>> {
    let Some(id) = account_id else { return Ok(None) };
    let account = state.store.account(id).await?;
    Ok(account.and_then(|account| {
        Some(SealedPhone {
            masked: account.phone_masked?,
            encrypted: account.phone_encrypted?,
        })
    }))
}

/// Masked to be shown, sealed to be called.
pub fn seal(state: &AppState, phone: &Phone) -> ApiResult<SealedPhone> {
    let kept = phone.kept(&state.phone_key)?;
    Ok(SealedPhone {
        masked: kept.masked,
        encrypted: kept.encrypted.unwrap_or_default(),
    })
}

/// Changes what a record says.
pub async fn change(
    state: &AppState,
    record: &Recorded,
    version: i64,
    change: &RecordChange,
) -> ApiResult<LedgerRecord> {
    let (content, mut wrong) = checked(state, &change.content).await?;
    let phone = sealed(state, change.phone.as_deref(), &mut wrong)?;
    if record.letter_id.is_none()
        && content.outcome == RecordOutcome::Letter
        && record.content.outcome != content.outcome
    {
        // Becoming a letter is a step of its own, with the visitor's consent.
        wrong.push(fault("outcome", "invalid"));
    }
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let changed = state
        .store
        .change_record(&record.id, version, &content, phone.as_ref(), state.now())
        .await;
    tracing::info!(record = record.id, "a record was changed");
    load::one(state, changed.map_err(refused)?).await
}

/// The id of a record from what its form or client chose: nobody can aim at another's.
pub fn id_of(account: &Account, once: &str) -> Id {
    let digest = secret::hash(&["record|", &account.id, "|", once].concat());
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

fn fault(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: None,
    }
}
