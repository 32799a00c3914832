//! Receptions as everybody may see them.

use super::dto;
use crate::Id;
use crate::reception::{SessionKind, SessionState};

dto! {
    /// Who receives.
    pub struct ReceptionDeputy {
        pub card: super::DeputyCard,
        /// The name of whom this deputy replaces.
        pub instead_of: Option<String>,
    }

    /// A reception in a list.
    pub struct ReceptionCard {
        pub id: Id,
        /// A name of its own: 「代表夜聊」; empty: what its kind is called.
        pub title: String,
        pub kind: SessionKind,
        pub state: SessionState,
        /// What it is about; empty: anything.
        pub topic: String,
        /// `YYYY-MM-DD`.
        pub date: String,
        pub starts_at: i64,
        pub ends_at: i64,
        pub station_name: String,
        pub station_slug: String,
        /// Where exactly.
        pub place: String,
        /// It is held elsewhere than at the station.
        pub goes_out: bool,
        pub deputies: Vec<ReceptionDeputy>,
        /// Why it was cancelled.
        pub cancel_reason: Option<String>,
        /// Times can be booked, or waited for.
        pub bookable: bool,
        /// Times nobody has taken yet.
        pub free: u32,
        /// Grows with every change.
        pub version: i64,
    }

    /// A time at which a talk can begin.
    pub struct ReceptionSlot {
        pub starts_at: i64,
        /// Slug of the deputy who is met; none: whoever is there.
        pub deputy: Option<String>,
        /// Places nobody has taken yet.
        pub free: u32,
    }

    /// A reception's page.
    pub struct ReceptionDetail {
        pub card: ReceptionCard,
        pub station: super::StationCard,
        /// What to know beforehand.
        pub notice: String,
        /// How one may meet: `onsite`, `phone`, `online`.
        pub modes: Vec<crate::reception::Mode>,
        /// The rule that gives it, in words.
        pub rule: Option<String>,
        /// How the rule counts, where that is easily misread.
        pub reading: Option<String>,
        /// Every time, free or not, while it can be booked.
        pub slots: Vec<ReceptionSlot>,
        /// Until when times can be booked.
        pub closes_at: i64,
    }

    /// `GET /reception-sessions`, with the filters it was asked with.
    pub struct ReceptionList {
        pub items: Vec<ReceptionCard>,
        pub total: u64,
        pub next_cursor: Option<String>,
        pub filter: ReceptionFilter,
    }
}

/// What a list of receptions is narrowed by; query parameters of `/receptions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ReceptionFilter {
    /// The first day, `YYYY-MM-DD`; without it: what is not over yet.
    pub from: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// Area code of a street or community.
    pub area: Option<String>,
    /// Station slug.
    pub station: Option<String>,
    /// Deputy slug.
    pub deputy: Option<String>,
    /// `ordinary`, `leader`, `mobile`, `themed`, `study_day`.
    pub kind: Option<String>,
    /// Words in name, topic or place.
    pub q: Option<String>,
    pub cursor: Option<String>,
}

crate::wire!(ReceptionFilter {
    from,
    to,
    area,
    station,
    deputy,
    kind,
    q,
    cursor
});
