//! `liaison-server verify-audit`: every letter's, restriction's and account's log against the chain of hashes it was written
//! with. Looks only.

use super::{StartError, block_on, data};
use crate::config::Config;
use liaison_store::letters::{ChainFault, FaultKind};
use liaison_store::{Store, StoreError};
use serde_json::json;
use std::io::Write as _;

/// Letters between two words about how far it is.
const TELL_EVERY: u64 = 5_000;

/// Checks everything and names what is not as it was written, a line each; progress goes to standard error.
pub fn verify_audit(config: &Config, as_json: bool) -> Result<(), StartError> {
    block_on(async {
        let fail = |error: StoreError| data::database_error(config, &error);
        let store = Store::connect_read_only(&config.database()).await.map_err(fail)?;
        let faults = check(&store, as_json, &fail).await?;
        store.close().await.map_err(fail)?;
        if faults == 0 {
            Ok(())
        } else {
            Err(StartError::Faults(faults))
        }
    })?
}

async fn check(store: &Store, as_json: bool, fail: &impl Fn(StoreError) -> StartError) -> Result<u64, StartError> {
    let mut audit = store.audit().await.map_err(fail)?;
    let (mut faults, mut told) = (0, 0);
    while let Some(found) = audit.step().await.map_err(fail)? {
        for fault in &found {
            print(&if as_json { as_object(fault) } else { sentence(fault) })?;
        }
        faults += found.len() as u64;
        if audit.letters - told >= TELL_EVERY {
            told = audit.letters;
            eprintln!("{} of {} letters checked", audit.letters, audit.expected);
        }
    }
    for broken in store.broken_restrictions().await.map_err(fail)? {
        let words = format!(
            "restriction {}: event {} is not as it was written",
            broken.id, broken.seq
        );
        print(&if as_json {
            json!({ "restriction_id": broken.id, "event": broken.seq, "fault": "restriction", "words": words })
                .to_string()
        } else {
            words
        })?;
        faults += 1;
    }
    for broken in store.broken_accounts().await.map_err(fail)? {
        let words = format!("account {}: event {} is not as it was written", broken.id, broken.seq);
        print(&if as_json {
            json!({ "account_id": broken.id, "event": broken.seq, "fault": "account", "words": words }).to_string()
        } else {
            words
        })?;
        faults += 1;
    }
    let (letters, events) = (audit.letters, audit.events);
    print(&if as_json {
        json!({ "letters": letters, "events": events, "faults": faults }).to_string()
    } else {
        let end = if faults == 0 {
            "everything is as it was written"
        } else {
            "not everything is as it was written"
        };
        format!("{letters} letters with {events} events checked: {end}")
    })?;
    Ok(faults)
}

/// A closed pipe (`… | head`) is no error.
fn print(line: &str) -> Result<(), StartError> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(StartError::Output(error)),
        _ => Ok(()),
    }
}

fn as_object(fault: &ChainFault) -> String {
    json!({
        "no": fault.no, "letter_id": fault.letter_id, "event": fault.seq, "fault": fault.kind.code(),
        "words": sentence(fault),
    })
    .to_string()
}

/// What is wrong where, in one line.
fn sentence(fault: &ChainFault) -> String {
    let letter = match (&fault.no, &fault.letter_id) {
        (Some(no), _) => format!("{no}: "),
        (None, Some(id)) => format!("letter {id}: "),
        (None, None) => String::new(),
    };
    let event = fault.seq.map(|seq| format!("event {seq} ")).unwrap_or_default();
    let what = match fault.kind {
        FaultKind::Altered => "was changed: its record does not match its hash".to_owned(),
        FaultKind::Column(name) => format!("was changed: its column {name} says something else than its record"),
        FaultKind::Moved(written) => format!("was moved: it was written as event {written}"),
        FaultKind::Missing => "is missing".to_owned(),
        FaultKind::Inserted => "was put in: the letter's chain goes on without it".to_owned(),
        FaultKind::Replaced => "was replaced: what came after it was written after another".to_owned(),
        FaultKind::Words => "number, kind or words of the letter are not those that were handed in".to_owned(),
        FaultKind::Snapshot => "the stored case is not what its log makes of it".to_owned(),
        FaultKind::LetterColumn(name) => format!("the letter's column {name} says something else than its case"),
        FaultKind::LetterMissing => "the letter with this number is missing".to_owned(),
        FaultKind::LetterUnknown => "this number was never given to a letter".to_owned(),
        FaultKind::LogOnly => "and what came before it belong to a letter that is gone".to_owned(),
        FaultKind::Guard => "the log's guard against changes is off (triggers of message_event)".to_owned(),
    };
    [letter, event, what].concat()
}
