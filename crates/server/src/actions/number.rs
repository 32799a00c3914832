//! Another telephone number for one's own account: first a code to the number that it has, then one to the new one.

use crate::access;
use crate::auth::otp;
use crate::auth::phone::{self, Phone};
use crate::auth::secret;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::dto::{
    AccountAct, FieldError, IdentityCheck, NewNumber, NewNumberCode, NumberProof, OfficeNumber, OfficeNumberCode,
    OldNumberCode, OtpChallenge, OtpVerify,
};
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::ChannelKind;
use liaison_store::outbox::NewMessage;
use liaison_store::people::{Account, NumberChange, NumberChanged};
use liaison_web::i18n::zh::number as words;

/// How long the proof of having the old number is good.
const LASTS: Millis = 15 * 60_000;

/// The number an account has; none where it cannot be read any more, as after a change of the installation's key.
pub fn number_of(state: &AppState, account: &Account) -> Option<Phone> {
    Phone::parse(&phone::decrypt(state, account.phone_encrypted.as_deref()?)?)
}

fn own_number(state: &AppState, account: &Account) -> ApiResult<Phone> {
    number_of(state, account).ok_or(ApiError::Clash {
        code: "number_unreachable",
        detail: words::UNREADABLE,
    })
}

/// Sends a code to the number that the account has.
pub async fn ask_old(state: &AppState, viewer: &Viewer) -> ApiResult<OtpChallenge> {
    let account = access::resident(viewer)?;
    let phone = own_number(state, account)?;
    otp::request(state, phone.digits()).await
}

/// Checks that code. The proof is worth something to this login of this account with this number alone.
pub async fn check_old(state: &AppState, viewer: &Viewer, given: &OldNumberCode) -> ApiResult<NumberProof> {
    let account = access::resident(viewer)?;
    let own = own_number(state, account)?;
    let given = OtpVerify {
        challenge_id: given.challenge_id.clone(),
        code: given.code.clone(),
    };
    if otp::check(state, &given).await?.hash != own.hash(&state.phone_key) {
        return Err(otp::gone());
    }
    let expires_at = state.now() + LASTS;
    Ok(NumberProof {
        proof: format!("{expires_at}.{}", signature(state, viewer, account, &own, expires_at)),
        expires_at,
    })
}

fn signature(state: &AppState, viewer: &Viewer, account: &Account, own: &Phone, until: Millis) -> String {
    let what = [
        "number",
        &account.id,
        &viewer.session_handle(),
        &own.hash(&state.phone_key),
        &until.to_string(),
    ];
    secret::hex(&secret::hmac(&state.phone_key, what.join("|").as_bytes()))
}

fn proven(state: &AppState, viewer: &Viewer, account: &Account, proof: &str) -> ApiResult<Phone> {
    let own = own_number(state, account)?;
    let good = proof.split_once('.').is_some_and(|(until, signed)| {
        until.parse().is_ok_and(|until: Millis| {
            state.now() < until && secret::same(signed, &signature(state, viewer, account, &own, until))
        })
    });
    if good {
        Ok(own)
    } else {
        Err(ApiError::Clash {
            code: "number_proof_gone",
            detail: words::PROOF_GONE,
        })
    }
}

/// Sends a code to the new number. Whether somebody has it is not told before the code came back from it.
pub async fn ask_new(state: &AppState, viewer: &Viewer, wanted: &NewNumber) -> ApiResult<OtpChallenge> {
    let account = access::resident(viewer)?;
    let own = proven(state, viewer, account, &wanted.proof)?;
    if Phone::parse(&wanted.phone).is_some_and(|phone| phone == own) {
        return Err(ApiError::field("phone", "same"));
    }
    otp::request(state, &wanted.phone).await
}

/// Changes the number. Other logins end; the old number is told without a word of what lies here.
pub async fn change(state: &AppState, viewer: &Viewer, given: &NewNumberCode) -> ApiResult<Account> {
    let account = access::resident(viewer)?;
    proven(state, viewer, account, &given.proof)?;
    let answered = OtpVerify {
        challenge_id: given.challenge_id.clone(),
        code: given.code.clone(),
    };
    let to = otp::check(state, &answered).await?;
    let made = NumberChange {
        account_id: &account.id,
        to: &to,
        keep: viewer.token(),
        farewell: None,
        act: AccountAct::Number,
        what: "",
        by: &account.id,
    };
    moved(state, made).await?;
    tracing::info!(account = account.id, "a resident changed their telephone number");
    state.store.account(&account.id).await?.ok_or(ApiError::Unauthenticated)
}

/// Whose letter it is, for an office that sees them; `no` is wrong where nobody stands behind it any more.
async fn person(state: &AppState, viewer: &Viewer, no: &str, check: &str) -> ApiResult<(Account, IdentityCheck)> {
    access::leader(viewer)?;
    let mut wrong = Vec::new();
    let check = IdentityCheck::from_code(check);
    if check.is_none() {
        wrong.push("check");
    }
    let found = match access::desk_letter(state, viewer, no.trim()).await {
        Ok((letter, _)) => match &letter.account_id {
            Some(id) => state.store.account(id).await?,
            None => None,
        },
        Err(ApiError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let found = found.filter(|account| account.active && account.role == Role::Resident);
    if found.is_none() {
        wrong.push("no");
    }
    match (found, check) {
        (Some(account), Some(check)) => Ok((account, check)),
        _ => Err(ApiError::Validation(
            wrong
                .into_iter()
                .map(|field| FieldError {
                    field: field.to_owned(),
                    code: if field == "no" && !no.trim().is_empty() {
                        "nobody"
                    } else {
                        "required"
                    }
                    .to_owned(),
                    limit: None,
                })
                .collect(),
        )),
    }
}

/// Sends a code to the new number of somebody who has lost theirs and stands before the office.
pub async fn ask_by_office(state: &AppState, viewer: &Viewer, wanted: &OfficeNumber) -> ApiResult<OtpChallenge> {
    let (account, _) = person(state, viewer, &wanted.no, &wanted.check).await?;
    if number_of(state, &account).is_some_and(|own| Phone::parse(&wanted.phone) == Some(own)) {
        return Err(ApiError::field("phone", "same"));
    }
    otp::request(state, &wanted.phone).await
}

/// Changes it. Every login of the person ends; they read who did it and how it was made sure of.
pub async fn change_by_office(state: &AppState, viewer: &Viewer, given: &OfficeNumberCode) -> ApiResult<()> {
    let (account, check) = person(state, viewer, &given.no, &given.check).await?;
    let by = access::leader(viewer)?;
    let answered = OtpVerify {
        challenge_id: given.challenge_id.clone(),
        code: given.code.clone(),
    };
    let to = otp::check(state, &answered).await?;
    let made = NumberChange {
        account_id: &account.id,
        to: &to,
        keep: None,
        farewell: None,
        act: AccountAct::NumberByOffice,
        what: check.code(),
        by: &by.id,
    };
    moved(state, made).await?;
    tracing::info!(
        account = account.id,
        by = by.id,
        "an office changed a resident's telephone number"
    );
    Ok(())
}

/// Keeps the new number, and says so to the old one.
async fn moved(state: &AppState, change: NumberChange<'_>) -> ApiResult<()> {
    let farewell = state
        .channels
        .iter()
        .any(|channel| channel.kind() == ChannelKind::Sms)
        .then(|| farewell(state));
    let change = NumberChange {
        farewell: farewell.as_ref(),
        ..change
    };
    match state.store.change_number(change, state.now()).await? {
        NumberChanged::Done => Ok(()),
        NumberChanged::Same => Err(ApiError::field("phone", "same")),
        NumberChanged::Taken => Err(ApiError::Clash {
            code: "number_taken",
            detail: words::TAKEN,
        }),
        NumberChanged::Nobody => Err(ApiError::NotFound),
    }
}

fn farewell(state: &AppState) -> NewMessage {
    let station = &state.config.station;
    NewMessage {
        channel: ChannelKind::Sms.code().to_owned(),
        subject: words::CHANGED.to_owned(),
        body: words::farewell(&station.name, &station.phone),
        letter_id: None,
        notices: 0,
        // Whoever did not do it has to hear of it at once.
        urgent: true,
    }
}
