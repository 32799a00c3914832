//! From inboxes to messages, and from messages to the other side.

use super::{AddressKind, Channel, Outgoing, SendError};
use crate::auth::{phone, secret};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, MINUTE_MS, date_of};
use liaison_domain::lifecycle::Role;
use liaison_domain::notify::{ChannelKind, Planned, Recipient, Subject, plan, retry_after};
use liaison_store::outbox::{Addressee, Decision, Leased, NewMessage, Waiting};
use liaison_web::i18n::zh::notify as words;
use tokio::task::JoinSet;

/// Accounts looked at together.
const ACCOUNTS: u64 = 500;
/// Messages sent at the same time.
const BATCH: u64 = 16;
/// Batches per run, so that a mass of messages cannot starve everything else.
const ROUNDS: usize = 20;
/// How long a message is this server's. Longer than any channel may take.
const LEASE: Millis = 5 * MINUTE_MS;

/// Makes messages of what is to go out now. Tells how many.
pub async fn plan_outbox(state: &AppState) -> ApiResult<usize> {
    if state.channels.is_empty() {
        // Once a channel is there nobody wants to hear of what happened long before.
        state.store.silence().await?;
        return Ok(0);
    }
    let now = state.now();
    let day = date_of(now).start();
    let (mut planned, mut after) = (0, String::new());
    loop {
        let accounts = state.store.accounts_waiting(&after, ACCOUNTS).await?;
        let Some(last) = accounts.last() else { break };
        after.clone_from(last);
        for account in &accounts {
            // Most wait for their hour: they cost a look, not a turn at writing.
            let Some(waiting) = state.store.waiting(account, day).await? else {
                continue;
            };
            if decide(state, now, &waiting) == Decision::default() {
                continue;
            }
            let made = state
                .store
                .plan_messages(account, day, now, |waiting| decide(state, now, waiting))
                .await?;
            planned += made as usize;
        }
    }
    Ok(planned)
}

fn decide(state: &AppState, now: Millis, waiting: &Waiting) -> Decision {
    let person = &waiting.to;
    let ways: Vec<ChannelKind> = state
        .channels
        .iter()
        .filter(|channel| person.preferences.wants(channel.kind()))
        .filter(|channel| address(state, channel.needs(), person).is_some())
        .map(|channel| channel.kind())
        .collect();
    if ways.is_empty() {
        return Decision {
            silent: waiting.open.iter().map(|notice| notice.id.clone()).collect(),
            ..Decision::default()
        };
    }
    let to = Recipient::of(person.role);
    let timing = &state.config.notify.timing;
    let plan = plan(now, to, &person.preferences, timing, &waiting.open, &waiting.told_today);
    let mut decision = Decision {
        silent: plan.silent,
        ..Decision::default()
    };
    for message in plan.messages {
        let lines = lines(state, to, waiting, &message);
        decision
            .messages
            .extend(ways.iter().map(|way| write(state, *way, to, &lines, &message)));
        decision.told.extend(message.notices);
    }
    decision
}

fn lines(state: &AppState, to: Recipient, waiting: &Waiting, message: &Planned) -> Vec<words::Line> {
    message
        .letters
        .iter()
        .map(|told| {
            let no = waiting.numbers.get(&told.about).cloned().unwrap_or_default();
            words::Line {
                link: match Subject::parse(&told.about) {
                    Some(subject) => [&base(state), subject.path(to).as_str()].concat(),
                    None => link(state, to, Some(&no)),
                },
                no,
                kinds: told.kinds.clone(),
            }
        })
        .collect()
}

fn write(state: &AppState, way: ChannelKind, to: Recipient, lines: &[words::Line], message: &Planned) -> NewMessage {
    NewMessage {
        channel: way.code().to_owned(),
        subject: words::subject(to, lines, message.urgent),
        body: match way {
            ChannelKind::Sms => words::short(to, lines, message.urgent, &link(state, to, None)),
            ChannelKind::Email | ChannelKind::Webhook => words::body(to, lines, &state.config.station.name),
        },
        letter_id: match message.letters.as_slice() {
            [one] if Subject::parse(&one.about).is_none() => Some(one.about.clone()),
            _ => None,
        },
        notices: message.notices.len() as u64,
        urgent: message.urgent,
    }
}

/// The address people type.
fn base(state: &AppState) -> String {
    state
        .config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{}", state.config.addr))
}

/// Where a letter is read, or all of them.
fn link(state: &AppState, to: Recipient, no: Option<&str>) -> String {
    let base = base(state);
    let (list, before) = match to {
        Recipient::Resident => ("/mine", "/"),
        Recipient::Deputy => ("/desk/deputy", "?case="),
        Recipient::Unit => ("/desk/unit", "?case="),
        Recipient::Office => ("/desk/office", "?case="),
    };
    let one = no.map(|no| [before, no].concat()).unwrap_or_default();
    [&base, list, &one].concat()
}

fn address(state: &AppState, kind: AddressKind, person: &Addressee) -> Option<String> {
    match kind {
        AddressKind::Email => person.email.clone(),
        AddressKind::Phone => phone::decrypt(state, person.phone_encrypted.as_deref()?),
        AddressKind::Account => Some(person.account_id.clone()),
    }
}

/// Sends what is due. Tells how many messages were taken.
pub async fn deliver(state: &AppState) -> ApiResult<usize> {
    let mut sent = 0;
    for _ in 0..ROUNDS {
        let now = state.now();
        let leased = state.store.lease_messages(now, now + LEASE, BATCH).await?;
        if leased.is_empty() {
            break;
        }
        let mut sending = JoinSet::new();
        for message in leased {
            let state = state.clone();
            sending.spawn(async move { one(&state, &message).await });
        }
        // All of them come to their end first: leaving early would tear the others off while they speak.
        let mut failed = None;
        while let Some(done) = sending.join_next().await {
            match done.map_err(|e| ApiError::internal("sending a message", e)) {
                Ok(Ok(taken)) => sent += usize::from(taken),
                Ok(Err(error)) | Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Ok(sent)
}

/// Sends one message and keeps what became of it.
async fn one(state: &AppState, leased: &Leased) -> ApiResult<bool> {
    let (store, config) = (&state.store, &state.config.notify);
    let quiet = config.timing.quiet_of(&leased.to.preferences);
    let now = state.now();
    if !leased.urgent && quiet.holds(now) {
        store.message_later(leased, quiet.over(now)).await?;
        return Ok(false);
    }
    match hand_over(state, leased).await {
        Ok(()) => {
            store.message_sent(leased, state.now()).await?;
            return Ok(true);
        }
        Err(SendError::Temporary(why)) if leased.attempts < config.tries => {
            let [lot] = secret::random();
            let next = state.now() + retry_after(config.backoff, leased.attempts, lot);
            let next = if leased.urgent { next } else { quiet.over(next) };
            tracing::warn!(
                channel = leased.channel,
                why,
                "a message was not taken, and is tried again"
            );
            store.message_again(leased, next, &why).await?;
        }
        Err(SendError::Temporary(why) | SendError::Permanent(why)) => {
            tracing::error!(channel = leased.channel, why, "a message is given up");
            store.message_dead(leased, &why).await?;
        }
    }
    Ok(false)
}

/// A deputy between two meetings has no password at hand: their message carries a link that logs in once. It is made when
/// the message leaves, so that no usable link ever lies in the database.
async fn with_link(state: &AppState, leased: &Leased) -> String {
    if leased.to.role != Role::Deputy {
        return leased.body.clone();
    }
    match crate::auth::link::make(state, &leased.to.account_id, "/desk/deputy").await {
        Ok(path) => {
            let whole = [&base(state), path.as_str()].concat();
            let days = state.config.link.lifetime / DAY_MS;
            [&leased.body, "\n", &words::once(&whole, days as u32)].concat()
        }
        // The message itself names the page; logging in with a password still works.
        Err(error) => {
            tracing::warn!("a message goes without its link: {}", error.code());
            leased.body.clone()
        }
    }
}

async fn hand_over(state: &AppState, leased: &Leased) -> Result<(), SendError> {
    let never = |why: &str| SendError::Permanent(why.to_owned());
    let channel: &dyn Channel = state
        .channels
        .iter()
        .find(|channel| channel.kind().code() == leased.channel)
        .ok_or_else(|| never("no_channel"))?
        .as_ref();
    let to = address(state, channel.needs(), &leased.to).ok_or_else(|| never("no_address"))?;
    let message = Outgoing {
        key: leased.id.clone(),
        to,
        subject: leased.subject.clone(),
        text: with_link(state, leased).await,
        urgent: leased.urgent,
    };
    let receipt = channel.send(&message).await?;
    tracing::debug!(
        channel = leased.channel,
        id = leased.id,
        said = receipt.0,
        "a message was taken"
    );
    Ok(())
}
