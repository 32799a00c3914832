//! Areas, stations, deputies, units, categories.

use super::dto;
use crate::Id;

dto! {
    /// 区划: city, district, street or community.
    pub struct Area {
        pub id: Id,
        /// `city`, `district`, `street`, `community`.
        pub level: String,
        pub code: String,
        pub name: String,
        pub parent_id: Option<Id>,
    }

    /// 分类, two levels.
    pub struct Category {
        pub id: Id,
        /// `housing` or `housing.lift`.
        pub slug: String,
        pub name: String,
        pub parent_id: Option<Id>,
        /// Matters of this kind go elsewhere: what to say (kindly, with the right door).
        pub stopper: Option<String>,
        /// Numbers to show at once for emergencies.
        pub emergency: Option<String>,
    }

    /// 承办单位.
    pub struct Unit {
        pub id: Id,
        pub name: String,
        pub short_name: String,
        /// `bureau`, `street`, `company`, `organisation`.
        pub kind: String,
        pub active: bool,
        /// `city`, `district`, `street`, `community`: work may be handed one level down.
        pub level: String,
    }

    /// A deputy in a list or beside an answer.
    pub struct DeputyCard {
        pub id: Id,
        pub slug: String,
        pub name: String,
        /// `npc` 人大代表 or `cppcc` 政协委员.
        pub kind: String,
        /// Levels, lowest first: `town`, `district`, `city`, `province`, `nation`.
        pub levels: Vec<String>,
        pub constituency: String,
        pub occupation: String,
        /// What they know: 「教育」「托管」.
        pub expertise: Vec<String>,
        /// Address of a photo; none → initials.
        pub photo: Option<String>,
        /// 0–7: which of the calm tile colours stands behind the initials.
        pub tile: u8,
        pub station_name: String,
        pub station_slug: String,
        /// `active`, `on_leave`, `left`.
        pub status: String,
        /// The next day this deputy receives, `YYYY-MM-DD`, if known.
        pub next_reception: Option<String>,
        /// Letters answered with substance.
        pub answered: u32,
    }

    /// A deputy's page.
    pub struct DeputyDetail {
        pub card: DeputyCard,
        pub bio: String,
        pub stations: Vec<StationCard>,
        /// When residents can meet them, as people say it.
        pub reception_text: String,
        /// Published copies only.
        pub answered_cases: Vec<super::CaseCard>,
        /// Letters received and answered, for the honest figure.
        pub received: u32,
    }

    /// A station in a list.
    pub struct StationCard {
        pub id: Id,
        pub slug: String,
        pub name: String,
        /// 代表联络站, 代表之家, 楼宇工作站, 委员工作站, 联络点.
        pub kind: String,
        pub area_id: Id,
        pub area_name: String,
        pub address: String,
        pub phone: String,
        /// Opening hours in words.
        pub opening: String,
        /// Reception rule in words: 「每月第二、第四个星期四 14:30–17:00」.
        pub reception_text: String,
        /// `YYYY-MM-DD` of the next reception day.
        pub next_reception: Option<String>,
        pub deputies: u32,
        pub lng: f64,
        pub lat: f64,
    }

    /// A station's page.
    pub struct StationDetail {
        pub card: StationCard,
        /// What it takes on.
        pub scope: Vec<String>,
        /// How it works.
        pub principles: Vec<String>,
        /// Its charter; empty: as every station's.
        pub charter: Vec<String>,
        pub contacts: Vec<super::Contact>,
        /// How to come.
        pub directions: super::Directions,
        pub photos: Vec<super::PlacePhoto>,
        pub communities: Vec<Area>,
        /// 一站多点.
        pub points: Vec<StationCard>,
        pub deputies: Vec<DeputyCard>,
        pub recent_cases: Vec<super::CaseCard>,
    }

    /// `GET /stations`.
    pub struct StationList {
        pub items: Vec<StationCard>,
        /// Streets to filter by.
        pub areas: Vec<Area>,
        pub area: Option<String>,
        pub q: Option<String>,
    }

    /// `GET /deputies`, with the filters it was asked with.
    pub struct DeputyList {
        pub items: Vec<DeputyCard>,
        pub total: u64,
        pub next_cursor: Option<String>,
        pub stations: Vec<StationCard>,
        pub areas: Vec<Area>,
        /// Every area of knowledge there is, most common first.
        pub tags: Vec<String>,
        pub filter: DeputyFilter,
    }
}

/// What a list of deputies is narrowed by; query parameters of `/deputies`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct DeputyFilter {
    /// Station slug.
    pub station: Option<String>,
    /// Area code of a street or community.
    pub area: Option<String>,
    /// One tag of knowledge.
    pub tag: Option<String>,
    /// `npc` or `cppcc`.
    pub kind: Option<String>,
    /// Words in name, occupation, constituency, knowledge.
    pub q: Option<String>,
    pub cursor: Option<String>,
}

crate::wire!(DeputyFilter {
    station,
    area,
    tag,
    kind,
    q,
    cursor
});
