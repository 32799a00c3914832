//! What anybody may read: home, published copies, figures.

use super::{CaseEventView, Category, DeputyCard, StationCard, dto};
use crate::lifecycle::{CaseState, LetterKind, Outcome};
use crate::{Id, Millis};

dto! {
    /// What every page needs to know about this installation.
    pub struct AppConfig {
        /// 「听海区网上代表联络站」.
        pub name: String,
        pub district: String,
        pub phone: String,
        pub phone_hours: String,
        /// Everything shown is made up; codes are shown on the page.
        pub demo: bool,
        pub build: String,
        pub limits: FormLimits,
    }

    /// What lets a platform's script run on one of our pages. `GET /wechat/js-signature`.
    pub struct JsSignature {
        pub app_id: String,
        /// Seconds since 1970.
        pub timestamp: i64,
        pub nonce: String,
        pub signature: String,
        /// Address of the script.
        pub script: String,
    }

    /// Limits a form shows before they are met.
    pub struct FormLimits {
        pub body_min: u32,
        pub body_max: u32,
        pub title_max: u32,
        pub photos_max: u32,
        /// Bytes of one picture.
        pub photo_bytes_max: u64,
        /// Days after which an unfinished letter that nobody touched is removed.
        pub draft_days: u32,
        /// Longest recording.
        pub voice_seconds_max: u32,
        /// Bytes of a recording that was chosen as a file.
        pub voice_bytes_max: u64,
        /// Bytes of a video; 0: no videos are taken.
        pub video_bytes_max: u64,
    }

    /// `GET /home`.
    pub struct HomePage {
        pub stations: Vec<StationCard>,
        /// The next reception days of the district, soonest first.
        pub next_receptions: Vec<ReceptionHint>,
        pub just_answered: Vec<CaseCard>,
        pub figures: Figures,
    }

    /// A coming reception.
    pub struct ReceptionHint {
        pub id: Id,
        /// `YYYY-MM-DD`.
        pub date: String,
        /// 「14:30–17:00」.
        pub time: String,
        pub station_name: String,
        pub station_slug: String,
        pub deputies: Vec<DeputyCard>,
    }

    /// Honest numbers, each with its base.
    pub struct Figures {
        /// Letters taken on in the last 12 months.
        pub accepted: u32,
        /// Answered with substance ÷ accepted whose day has passed.
        pub answered: u32,
        pub answer_due: u32,
        pub rated: u32,
        pub satisfied: u32,
        pub solved_asked: u32,
        pub solved: f64,
        /// Median days from letter to substantive answer; none below five.
        pub median_days: Option<f64>,
    }

    /// A published copy in a list.
    pub struct CaseCard {
        pub no: String,
        pub title: String,
        pub kind: LetterKind,
        pub category_name: String,
        pub area_name: String,
        pub state: CaseState,
        pub outcome: Option<Outcome>,
        pub promise_date: Option<String>,
        pub submitted_at: Millis,
        pub answered_at: Option<Millis>,
        /// The deputy whom the letter was written to.
        pub deputy_name: Option<String>,
        /// The unit in charge.
        pub unit_name: Option<String>,
        /// Who answered: deputy, unit or station. Empty while there is no answer to read.
        pub answer_by: String,
        /// The first words of the answer.
        pub answer_excerpt: String,
        /// Letters of others that joined it.
        pub joined: u32,
    }

    /// `GET /cases/{no}`: the published copy, and nothing else.
    pub struct CasePage {
        pub card: CaseCard,
        pub body: String,
        /// 「听海区居民」 or the name they chose to show.
        pub author_shown: String,
        pub answers: Vec<PublicAnswer>,
        /// Ids of pictures that may be shown.
        pub pictures: Vec<PictureRef>,
        pub timeline: Vec<CaseEventView>,
        pub deputy: Option<DeputyCard>,
        /// Hidden: number and state stay, the words are gone; this is why.
        pub hidden_reason: Option<String>,
    }

    /// An answer as others may read it.
    pub struct PublicAnswer {
        pub body: String,
        pub by: String,
        pub outcome: Option<Outcome>,
        pub promise_date: Option<String>,
        pub at: Millis,
    }

    /// A picture and its small copy.
    pub struct PictureRef {
        pub id: String,
        pub url: String,
        pub thumb_url: String,
        pub width: u32,
        pub height: u32,
        pub alt: String,
    }

    /// `GET /cases`.
    pub struct CaseList {
        pub items: Vec<CaseCard>,
        pub total: u64,
        pub next_cursor: Option<String>,
        pub categories: Vec<Category>,
        pub areas: Vec<super::Area>,
        pub filter: CaseFilter,
    }
}

/// What the list of published copies is narrowed by; query parameters of `/cases`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct CaseFilter {
    /// Category slug, parent or child.
    pub category: Option<String>,
    /// Area code.
    pub area: Option<String>,
    /// Words in title, body, answer.
    pub q: Option<String>,
    pub cursor: Option<String>,
}

crate::wire!(CaseFilter {
    category,
    area,
    q,
    cursor
});
