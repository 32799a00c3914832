//! A resident hands in a letter.

use super::{helper, join, restrictions};
use crate::assemble::names::addressed;
use crate::auth::secret;
use crate::directory::Directory;
use crate::load::directory::letter_limits;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{DeputyCard, FieldError, NewLetter, Receipt, StationCard};
use liaison_domain::form::{check_letter, title_of};
use liaison_domain::guess::guess;
use liaison_domain::lifecycle::{Actor, Case, CaseState, NewCase, OnBehalf, Refusal, Role, Screening, Urgency};
use liaison_domain::restriction::Use;
use liaison_domain::screen::{Signs, WAVE_MS, screen};
use liaison_store::idempotency::IdempotencyKey;
use liaison_store::letters::{self, SubmitError};
use liaison_store::people::Account;

/// The title of a letter that was spoken and not written.
const SPOKEN: &str = "语音留言";

/// What handing in is called where keys are kept, whether the app or a plain form does it: the app goes on with letters that
/// were begun on plain forms, and either may have sent one whose answer was lost.
pub const ROUTE: &str = "POST /messages";

/// The hash of the letter itself, however it was written down on the way: what a key of [`ROUTE`] stands for.
pub fn hash(letter: &NewLetter) -> ApiResult<String> {
    let bytes = serde_json::to_vec(letter).map_err(|e| ApiError::internal("a letter as JSON", e))?;
    Ok(secret::hash_bytes(&bytes))
}

/// Checks a letter and keeps it. When this answers, the letter is on disk; the same key and letter answer the same.
pub async fn submit(
    state: &AppState,
    account: &Account,
    letter: &NewLetter,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    submit_for(state, Some(account), letter, None, key).await
}

/// The same through the urgent channel: a person looks at it within hours.
pub async fn submit_urgent(
    state: &AppState,
    account: &Account,
    letter: &NewLetter,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    hand_in(state, Some(account), letter, Urgency::Urgent, None, key).await
}

/// Somebody at the station who files a letter for its author.
pub struct Filed {
    pub clerk: Actor,
    pub on_behalf: OnBehalf,
}

/// The same, by the author or by somebody at the station for them. Whoever has no telephone has no account either:
/// number and query code are their way to the letter.
pub async fn submit_for(
    state: &AppState,
    account: Option<&Account>,
    letter: &NewLetter,
    filed: Option<Filed>,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    hand_in(state, account, letter, Urgency::Normal, filed, key).await
}

async fn hand_in(
    state: &AppState,
    account: Option<&Account>,
    letter: &NewLetter,
    urgency: Urgency,
    filed: Option<Filed>,
    key: Option<&IdempotencyKey>,
) -> ApiResult<(Receipt, bool)> {
    let wrong = wrong_in(state, letter);
    if !wrong.is_empty() {
        return Err(ApiError::Validation(wrong));
    }
    let again = taken_before(state, key).await;
    if let (None, Some(account)) = (&filed, account)
        && !again
    {
        check_daily_limit(state, account).await?;
        // Who is restricted writes urgent letters only.
        if urgency == Urgency::Normal {
            restrictions::check(state, account, Use::Letter).await?;
        }
    }
    let joining = join::follow(state, account, letter, again).await?;
    let letter = joining.as_ref().map_or(letter, |(following, _)| following);
    let (mut new, to) = resolve(state, account, letter).await?;
    new.case.urgency = urgency;
    let rules = state.rules();
    let author = Actor {
        account_id: account.map(|account| account.id.clone()),
        role: Role::Resident,
        is_author: true,
        ..Actor::system()
    };
    let actor = if let Some(filed) = filed {
        new.case.on_behalf = Some(filed.on_behalf);
        filed.clerk
    } else {
        new.case.on_behalf = letter.extra.helper.as_ref().map(helper::on_behalf);
        author
    };
    let context = rules.context(state.now(), actor);
    let kept = match &joining {
        Some((_, joining)) => Box::pin(state.store.submit_joining(&new, joining, &context, key)).await,
        None => state.store.submit(&new, &context, key).await,
    };
    let kept = kept.map_err(|error| refused(error, &letter.attachments))?;
    if !kept.replayed {
        tracing::info!(letter = kept.id, "a letter arrived");
    }
    // What joins another matter is taken on with it; the station says so within the same time.
    let due = kept.case.holder.due.filter(|_| kept.case.state != CaseState::Merged);
    let receipt = Receipt {
        accept_by: due.unwrap_or_else(|| {
            let limits = rules.limits_of(kept.case.category_id.as_ref());
            limits.accept.after(kept.case.submitted_at, &rules.calendar)
        }),
        id: kept.id,
        no: kept.no,
        code: kept.code,
        submitted_at: kept.case.submitted_at,
        station_name: to.station.name.clone(),
        station_phone: to.station.phone.clone(),
        to_name: to.name(),
        state: kept.case.state,
    };
    Ok((receipt, kept.replayed))
}

/// What is wrong with the fields of a letter.
pub fn wrong_in(state: &AppState, letter: &NewLetter) -> Vec<FieldError> {
    check_letter(letter, &letter_limits(state))
}

/// One voice and one video, each of a kind that letters take.
async fn check_media(state: &AppState, ids: &[Id], wrong: &mut Vec<FieldError>) -> ApiResult<()> {
    let mut kinds: Vec<String> = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let found = state.store.media_file(id).await?;
        let kind = found.map(|media| media.kind).filter(|kind| !kinds.contains(kind));
        note_unknown(wrong, &format!("media.{at}"), kind.is_none());
        kinds.extend(kind);
    }
    Ok(())
}

/// Whom it goes to.
struct Recipient {
    deputy: Option<DeputyCard>,
    station: StationCard,
}

impl Recipient {
    fn name(&self) -> String {
        self.deputy
            .as_ref()
            .map_or_else(|| self.station.name.clone(), addressed)
    }
}

/// Slugs and codes to what they mean; everything that means nothing is told at once.
async fn resolve(
    state: &AppState,
    account: Option<&Account>,
    letter: &NewLetter,
) -> ApiResult<(letters::NewLetter, Recipient)> {
    let directory = state.directory().await?;
    let mut wrong = Vec::new();
    let category = given(letter.category.as_deref()).and_then(|slug| {
        let found = directory.categories.iter().find(|category| category.slug == slug);
        note_unknown(&mut wrong, "category", found.is_none());
        found
    });
    let area = given(letter.area.as_deref()).and_then(|code| {
        let found = directory.areas.iter().find(|area| area.code == code);
        note_unknown(&mut wrong, "area", found.is_none());
        found
    });
    for (at, id) in letter.attachments.iter().enumerate() {
        // One that another letter took already is refused by the store, which also knows a repeated request.
        note_unknown(
            &mut wrong,
            &format!("attachments.{at}"),
            state.store.upload(id).await?.is_none(),
        );
    }
    check_media(state, &letter.media, &mut wrong).await?;
    let to = recipient(&directory, letter, &mut wrong);
    let Some(to) = to.filter(|_| wrong.is_empty()) else {
        return Err(ApiError::Validation(wrong));
    };
    let body = letter.body.trim().replace("\r\n", "\n");
    let title = match given(letter.title.as_deref()) {
        Some(title) => title.to_owned(),
        None if body.is_empty() => SPOKEN.to_owned(),
        None => title_of(&body),
    };
    let screening = look_at(state, letter, &title, &body, category.map(|category| &category.id)).await?;
    let new = letters::NewLetter {
        case: NewCase {
            id: liaison_store::new_id(),
            station_id: to.station.id.clone(),
            deputy_id: to.deputy.as_ref().map(|deputy| deputy.id.clone()),
            category_id: category.map(|category| category.id.clone()),
            urgency: Urgency::Normal,
            consent_publish: letter.consent_publish,
            name_shown: letter.name_shown,
            restricted: false,
            on_behalf: None,
            screening,
        },
        kind: letter.kind,
        title,
        area_id: area.map(|area| area.id.clone()),
        category_guessed: !letter.category_by_resident,
        place: given(letter.place.as_deref()).map(str::to_owned),
        account_id: account.map(|account| account.id.clone()),
        name: given(letter.name.as_deref()).map(str::to_owned),
        attachments: letter.attachments.clone(),
        media: letter.media.clone(),
        query_code: None,
        instead_of: letter.instead_of.clone(),
        extra: letters::Extra {
            spot: letter.extra.spot.clone(),
            may_call: letter.extra.may_call,
            helper: helper::kept(letter.extra.helper.as_ref()),
        },
        body,
    };
    Ok((new, to))
}

/// The automatic look: what a person has to see first.
async fn look_at(
    state: &AppState,
    letter: &NewLetter,
    title: &str,
    body: &str,
    category: Option<&Id>,
) -> ApiResult<Screening> {
    // What is spoken has no words that could be compared, and who joins a matter says what the others said.
    let same_words = if letter.media.is_empty() && letter.extra.join.is_none() {
        state.store.same_words_since(title, body, state.now() - WAVE_MS).await?
    } else {
        0
    };
    let signs = Signs {
        same_words,
        confirmed_category: category.filter(|_| letter.category_by_resident),
    };
    let guessed = guess(&[title, "\n", body].concat());
    Ok(screen(&guessed, signs, &state.rules().limits))
}

/// A named deputy's first station answers for them, unless another of theirs was chosen.
fn recipient(directory: &Directory, letter: &NewLetter, wrong: &mut Vec<FieldError>) -> Option<Recipient> {
    let deputy = given(letter.deputy.as_deref()).and_then(|slug| {
        let mut here = directory.deputies.iter().map(|deputy| &deputy.card);
        let found = here.find(|deputy| deputy.slug == slug && deputy.status != "left");
        note_unknown(wrong, "deputy", found.is_none());
        found
    });
    let slug = given(letter.station.as_deref()).or(deputy.map(|deputy| &*deputy.station_slug));
    let station = slug.and_then(|slug| directory.station_by_slug(slug));
    if station.is_none() && wrong.is_empty() {
        note_unknown(wrong, "station", true);
    }
    Some(Recipient {
        deputy: deputy.cloned(),
        station: station?.card.clone(),
    })
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn note_unknown(wrong: &mut Vec<FieldError>, field: &str, unknown: bool) {
    if unknown {
        wrong.push(FieldError {
            field: field.to_owned(),
            code: "unknown".to_owned(),
            limit: None,
        });
    }
}

/// Whether this very letter was taken already: it may be asked for again, whatever holds by now.
async fn taken_before(state: &AppState, key: Option<&IdempotencyKey>) -> bool {
    match key {
        Some(key) => matches!(state.store.submitted(key).await, Ok(Some(_))),
        None => false,
    }
}

/// Whether this account has written enough for a day.
async fn check_daily_limit(state: &AppState, account: &Account) -> ApiResult<()> {
    let most = state.config.letters_per_day;
    if most == 0 || state.store.written_since(&account.id, state.now() - DAY_MS).await? < most {
        return Ok(());
    }
    Err(ApiError::TooMany {
        code: "letters_too_many",
        retry_after: 6 * 3600,
    })
}

fn refused(error: SubmitError, attachments: &[String]) -> ApiError {
    match error {
        SubmitError::Refused(Refusal { field: Some(field), .. })
            if field == "attachments" && !attachments.is_empty() =>
        {
            ApiError::field("attachments", "unknown")
        }
        SubmitError::Refused(Refusal { field: Some(field), .. }) if field == "media" => {
            ApiError::field("media.0", "unknown")
        }
        SubmitError::Refused(refusal) => ApiError::Refused(refusal, crate::problem::Standing::default()),
        SubmitError::Mismatch => ApiError::IdempotencyMismatch,
        SubmitError::Store(error) => error.into(),
    }
}

/// Where a case stands, for an answer to somebody who came too late.
pub fn standing(state: &AppState, case: &Case, actor: Actor) -> crate::problem::Standing {
    let rules = state.rules();
    crate::problem::Standing {
        state: Some(case.state),
        version: Some(case.version),
        allowed: liaison_domain::lifecycle::allowed_events(case, &rules.context(state.now(), actor)),
    }
}
