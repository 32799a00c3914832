//! From a pressed button to the event that is sent.

use liaison_domain::Id;
use serde::Serialize;

/// What an author can do, as JSON of [`liaison_domain::lifecycle::CaseEvent`]: that type would bring the words of
/// forty events into the residents' bundle.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AuthorEvent {
    InfoGiven {
        text: String,
        attachments: Vec<Id>,
    },
    Supplement {
        text: String,
        attachments: Vec<Id>,
        media: Vec<Id>,
    },
    Appeal {
        text: String,
    },
    FollowUp {
        text: String,
    },
    Withdraw {
        text: Option<String>,
    },
    Urge,
    Unmerge,
    CopyApproved,
    ConsentChanged {
        consent: bool,
    },
}

/// The event of a form's button, if it is one.
pub fn event_of(act: &str, text: String, attachments: Vec<Id>) -> Option<AuthorEvent> {
    Some(match act {
        "info" => AuthorEvent::InfoGiven { text, attachments },
        "supplement" => AuthorEvent::Supplement {
            text,
            attachments,
            media: Vec::new(),
        },
        "appeal" => AuthorEvent::Appeal { text },
        "follow_up" => AuthorEvent::FollowUp { text },
        "withdraw" => AuthorEvent::Withdraw {
            text: (!text.is_empty()).then_some(text),
        },
        "urge" => AuthorEvent::Urge,
        "unmerge" => AuthorEvent::Unmerge,
        "copy_ok" => AuthorEvent::CopyApproved,
        "copy_refuse" | "consent_off" => AuthorEvent::ConsentChanged { consent: false },
        "consent_on" => AuthorEvent::ConsentChanged { consent: true },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::lifecycle::CaseEvent;

    #[test]
    fn the_author_s_events_are_events_of_the_case() {
        for act in [
            "info",
            "supplement",
            "appeal",
            "follow_up",
            "withdraw",
            "urge",
            "unmerge",
            "copy_ok",
            "copy_refuse",
            "consent_off",
            "consent_on",
        ] {
            let event = event_of(act, "文字".to_owned(), Vec::new());
            let json = serde_json::to_string(&event).unwrap_or_default();
            assert!(serde_json::from_str::<CaseEvent>(&json).is_ok(), "{act}: {json}");
        }
    }
}
