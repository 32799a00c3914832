//! A small district with one of everybody.

use super::{MONDAY, PASSWORD};
use liaison_domain::dto::{Area, Category, Directions, Unit};
use liaison_domain::lifecycle::{Role, TaskRole};
use liaison_server::auth::password;
use liaison_store::Store;
use liaison_store::directory::{NewDeputy, NewStation};
use liaison_store::people::NewStaff;

/// Two streets, two stations (one with a point), two deputies, two units, one of everybody.
pub async fn load(store: &Store) {
    let area = |id: &str, level: &str, parent: Option<&str>| Area {
        id: format!("a-{id}"),
        level: level.to_owned(),
        code: id.to_owned(),
        name: id.to_owned(),
        parent_id: parent.map(|p| format!("a-{p}")),
    };
    let areas = [
        area("tinghai", "district", None),
        area("songjing", "street", Some("tinghai")),
        area("yunfan", "street", Some("tinghai")),
        area("songjing-xuefu", "community", Some("songjing")),
    ];
    for (sort, area) in areas.iter().enumerate() {
        store.put_area(area, sort as i64).await.expect("an area");
    }
    let category = |slug: &str, name: &str, parent: Option<&str>| Category {
        id: format!("c-{slug}"),
        slug: slug.to_owned(),
        name: name.to_owned(),
        parent_id: parent.map(|p| format!("c-{p}")),
        stopper: None,
        emergency: None,
    };
    for (sort, category) in [
        category("transport", "交通出行", None),
        category("transport.lamp", "路灯", Some("transport")),
    ]
    .iter()
    .enumerate()
    {
        store.put_category(category, sort as i64).await.expect("a category");
    }
    for (sort, (slug, name)) in [("jiaotong", "区交通局"), ("chengguan", "区城管局")]
        .into_iter()
        .enumerate()
    {
        let unit = Unit {
            id: format!("u-{slug}"),
            name: format!("听海{name}"),
            short_name: name.to_owned(),
            kind: "bureau".to_owned(),
            active: true,
            level: "district".to_owned(),
        };
        store.put_unit(&unit, slug, None, sort as i64).await.expect("a unit");
    }
    store
        .put_responsibility("c-transport", "u-jiaotong", TaskRole::Lead, "三定规定", 0)
        .await
        .expect("a duty");
    for (sort, (slug, area, parent)) in [
        ("songjing", "songjing", None),
        ("yunfan", "yunfan", None),
        ("xuefu", "songjing-xuefu", Some("songjing")),
    ]
    .into_iter()
    .enumerate()
    {
        let station = NewStation {
            id: format!("s-{slug}"),
            slug: slug.to_owned(),
            name: format!("{slug}联络站"),
            kind: "代表联络站".to_owned(),
            area_id: format!("a-{area}"),
            parent_id: parent.map(|p| format!("s-{p}")),
            address: "学府路 9 号".to_owned(),
            phone: "0199-1004".to_owned(),
            opening: "周一至周五".to_owned(),
            reception_text: "每周三 18:30–20:30".to_owned(),
            lng: 123.4,
            lat: 27.5,
            scope: vec!["身边事".to_owned()],
            principles: vec!["转出去不算答复".to_owned()],
            charter: Vec::new(),
            contacts: Vec::new(),
            directions: Directions::default(),
        };
        store.put_station(&station, sort as i64).await.expect("a station");
    }
    for (sort, (slug, name, station)) in [("luzhiyao", "陆知遥", "songjing"), ("guchengyuan", "顾承远", "yunfan")]
        .into_iter()
        .enumerate()
    {
        let deputy = NewDeputy {
            id: format!("d-{slug}"),
            slug: slug.to_owned(),
            name: name.to_owned(),
            kind: "npc".to_owned(),
            levels: vec!["district".to_owned()],
            constituency: "第一选区".to_owned(),
            occupation: "小学校长".to_owned(),
            expertise: vec!["教育".to_owned()],
            photo: None,
            tile: 1,
            bio: "教了十九年语文。".to_owned(),
            status: "active".to_owned(),
            reception_text: String::new(),
            stations: vec![format!("s-{station}")],
        };
        store.put_deputy(&deputy, sort as i64).await.expect("a deputy");
    }
    staff(store).await;
}

async fn staff(store: &Store) {
    let hash = password::hash(PASSWORD).expect("a hash");
    let account = |username: &str, role: Role| NewStaff {
        id: format!("p-{username}"),
        role,
        name: username.to_owned(),
        username: username.to_owned(),
        password_hash: Some(hash.clone()),
        unit_id: None,
        station_id: None,
        deputy_id: None,
        note: Some("演示".to_owned()),
    };
    let of_unit = |username: &str, unit: &str, role: Role| NewStaff {
        unit_id: Some(unit.to_owned()),
        ..account(username, role)
    };
    let of_station = |username: &str, station: &str, role: Role| NewStaff {
        station_id: Some(station.to_owned()),
        ..account(username, role)
    };
    let deputy = |username: &str| NewStaff {
        deputy_id: Some(format!("d-{username}")),
        ..account(username, Role::Deputy)
    };
    let all = [
        deputy("luzhiyao"),
        deputy("guchengyuan"),
        of_unit("jiaotong", "u-jiaotong", Role::UnitOfficer),
        of_unit("jiaotong-ld", "u-jiaotong", Role::UnitLeader),
        of_unit("chengguan", "u-chengguan", Role::UnitOfficer),
        of_station("songjing", "s-songjing", Role::StationOfficer),
        of_station("yunfan", "s-yunfan", Role::StationOfficer),
        account("chief", Role::StationLeader),
        account("moderator", Role::Moderator),
        account("auditor", Role::Auditor),
        account("admin", Role::Admin),
    ];
    for new in &all {
        store.put_staff(new, MONDAY).await.expect("an account");
    }
}
