//! Letters that are not finished, as the server keeps them for the browser they are written in.

use super::{HelperConsent, Spot, dto};
use crate::lifecycle::LetterKind;
use crate::{Id, Millis};

/// Unfinished letters that the server keeps for one browser.
pub const LETTER_DRAFTS_MAX: u32 = 20;

dto! {
    /// `PUT /drafts/{id}`: what is written and chosen so far. What one is called and one's number stay on the device.
    #[serde(deny_unknown_fields)]
    pub struct LetterDraft {
        /// The question one is at.
        pub step: String,
        /// The `Idempotency-Key` under which it was sent, if it was: it is never sent under another.
        #[serde(default)]
        pub key: Option<String>,
        pub body: String,
        #[serde(default)]
        pub title: String,
        #[serde(default)]
        pub kind: Option<LetterKind>,
        #[serde(default)]
        pub category: String,
        #[serde(default)]
        pub category_by_resident: bool,
        #[serde(default)]
        pub area: String,
        #[serde(default)]
        pub place: String,
        #[serde(default)]
        pub deputy: String,
        #[serde(default)]
        pub station: String,
        #[serde(default)]
        pub consent: Option<bool>,
        /// Number and title of the published matter that it joins.
        #[serde(default)]
        pub join: String,
        #[serde(default)]
        pub join_title: String,
        #[serde(default)]
        pub spot: Option<Spot>,
        #[serde(default)]
        pub may_call: Option<bool>,
        /// Somebody fills in for the author; who, stays on the device.
        #[serde(default)]
        pub helping: Option<bool>,
        #[serde(default)]
        pub helper_relation: String,
        #[serde(default)]
        pub helper_consent: Option<HelperConsent>,
        #[serde(default)]
        pub photos: Vec<DraftPhoto>,
    }

    /// An upload that belongs to the draft.
    #[serde(deny_unknown_fields)]
    pub struct DraftPhoto {
        pub id: Id,
        /// The upload's secret.
        pub token: String,
        /// The file's own name.
        #[serde(default)]
        pub name: String,
    }

    /// A draft that is kept.
    pub struct KeptLetterDraft {
        pub id: String,
        pub saved_at: Millis,
        pub draft: LetterDraft,
    }

    /// `GET /drafts`: this browser's, the latest first.
    pub struct LetterDrafts {
        pub items: Vec<KeptLetterDraft>,
    }
}
