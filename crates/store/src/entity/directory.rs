//! Districts, stations, deputies, units, categories.

use super::entity;

pub(crate) mod tenant {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub code: String,
        pub name: String,
        pub number_prefix: String,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

entity!(work_calendar, "work_calendar" {
    #[sea_orm(primary_key, auto_increment = false)]
    date: String,
    is_workday: bool,
    name: String,
});

entity!(area, "area" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    level: String,
    code: String,
    name: String,
    parent_id: Option<String>,
    sort: i64,
});

entity!(category, "category" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    slug: String,
    name: String,
    parent_id: Option<String>,
    stopper: Option<String>,
    emergency: Option<String>,
    sort: i64,
});

entity!(org_unit, "org_unit" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    slug: String,
    name: String,
    short_name: String,
    kind: String,
    active: bool,
    successor_id: Option<String>,
    sort: i64,
    level: String,
});

entity!(unit_responsibility, "unit_responsibility" {
    #[sea_orm(primary_key, auto_increment = false)]
    category_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    unit_id: String,
    role: String,
    sort: i64,
    basis: String,
});

entity!(station, "station" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    slug: String,
    name: String,
    kind: String,
    area_id: String,
    parent_id: Option<String>,
    address: String,
    phone: String,
    opening: String,
    reception_text: String,
    lng: f64,
    lat: f64,
    scope: String,
    principles: String,
    charter: String,
    contacts: String,
    directions: String,
    sort: i64,
});

entity!(deputy, "deputy" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    slug: String,
    name: String,
    kind: String,
    levels: String,
    constituency: String,
    occupation: String,
    expertise: String,
    photo: Option<String>,
    tile: i64,
    bio: String,
    status: String,
    reception_text: String,
    haystack: String,
    sort: i64,
});

entity!(deputy_tag, "deputy_tag" {
    #[sea_orm(primary_key, auto_increment = false)]
    deputy_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    tag: String,
});

entity!(deputy_station, "deputy_station" {
    #[sea_orm(primary_key, auto_increment = false)]
    deputy_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    station_id: String,
    is_primary: bool,
});
