//! The forms of a station and of a deputy, in every state.

use super::*;
use crate::views::desk_pages::STATIONS;
use crate::views::desk_places::*;

fn station(page: impl FnOnce(&StationSettings) -> StationPlace) -> String {
    let photos = vec![samples::place_photo("p1"), samples::place_photo("p2")];
    let kept = StationSettings {
        station: NamedRef {
            id: "s-1".into(),
            name: "云帆街道人大代表联络站".into(),
        },
        slug: "yunfan".into(),
        version: 3,
        settings: StationInput {
            address: "银杏路 18 号".into(),
            phone: "0199-1001".into(),
            opening: "周一至周五".into(),
            contacts: vec![Contact {
                name: "预约登记".into(),
                phone: "0199-1001".into(),
            }],
            scope: vec!["身边事".into()],
            charter: vec![],
            principles: vec!["件件有回音".into()],
            directions: Directions::default(),
            lng: 123.412,
            lat: 27.561,
            photos: vec![],
        },
        photos,
        changes: vec![PlaceChange {
            version: 3,
            at: NOW,
            by: "小棠".into(),
            fields: vec!["address".into(), "photos".into()],
        }],
    };
    let page = page(&kept);
    html(|| view! { <StationFormView kept=kept page=page now=NOW /> }.into_any())
}

fn as_kept(kept: &StationSettings) -> StationPlace {
    StationPlace {
        form: StationForm::of(&kept.settings, kept.version),
        photos: PhotoForm {
            rows: kept.photos.iter().map(PhotoRow::kept).collect(),
            ..PhotoForm::default()
        },
        ..StationPlace::default()
    }
}

fn unsaved() -> PhotoRow {
    PhotoRow {
        input: PhotoInput {
            id: "new".into(),
            token: Some("secret".into()),
            alt: String::new(),
        },
        thumb: "/api/v1/files/new/thumb?token=secret".into(),
    }
}

fn deputy(page: DeputyPlace) -> String {
    let kept = DeputySettings {
        deputy: NamedRef {
            id: "d-1".into(),
            name: "陆知遥".into(),
        },
        slug: "luzhiyao".into(),
        version: 1,
        settings: DeputyInput {
            bio: "教了十九年语文。".into(),
            expertise: vec!["教育".into()],
            photo: None,
        },
        photo: Some(samples::place_photo("p3")),
        changes: vec![],
    };
    let form = if page.form.version.is_empty() {
        DeputyForm::of(&kept)
    } else {
        page.form.clone()
    };
    let page = DeputyPlace { form, ..page };
    html(|| view! { <DeputyFormView kept=kept page=page now=NOW /> }.into_any())
}

/// Everything that can be wrong with a station, as the rules name it.
pub fn station_errors() -> Vec<FieldError> {
    [
        ("address", "required"),
        ("phone", "invalid"),
        ("opening", "too_long"),
        ("contacts.0.phone", "required"),
        ("contacts.1.name", "too_long"),
        ("directions.step_free", "too_long"),
        ("lng", "invalid"),
        ("lat", "invalid"),
        ("charter", "too_many"),
        ("photos.1.alt", "required"),
        ("attachments.0", "invalid"),
    ]
    .map(|(field, code)| error(field, code))
    .to_vec()
}

pub fn pages() -> Vec<(&'static str, String)> {
    let row = |name: &str, missing: &[&str]| PlaceRow {
        id: "s-1".into(),
        slug: "yunfan".into(),
        name: name.into(),
        place: "银杏路 18 号".into(),
        version: 1,
        photos: 2,
        missing: missing.iter().map(|field| (*field).into()).collect(),
    };
    let rows = vec![row("云帆站", &[]), row("青屿站", &["photos", "directions"])];
    let list =
        html(|| view! { <PlacesView title="站点资料" lead="" none="没有" rows=rows base=STATIONS /> }.into_any());
    let typed = DeputyForm {
        version: "1".into(),
        photo: Some(unsaved()),
        ..DeputyForm::default()
    };
    vec![
        ("desk-stations", list),
        ("desk-station", station(as_kept)),
        ("desk-station-wrong", station(wrong)),
        (
            "desk-station-overtaken",
            station(|kept| {
                let mut page = as_kept(kept);
                page.clash = Some("您打开以后，小棠改了地址。".into());
                page.photos.removing = Some("p2".into());
                page
            }),
        ),
        ("desk-deputy", deputy(DeputyPlace::default())),
        (
            "desk-deputy-own",
            deputy(DeputyPlace {
                form: typed,
                errors: by_control(vec![error("bio", "required"), error("expertise", "twice")]),
                own: true,
                ..DeputyPlace::default()
            }),
        ),
    ]
}

fn wrong(kept: &StationSettings) -> StationPlace {
    let mut page = as_kept(kept);
    page.photos.rows[1] = unsaved();
    page.errors = by_control(station_errors());
    page
}

#[test]
fn every_error_of_a_station_leads_to_its_control_and_stands_beside_it() {
    let html = station(wrong);
    for error in &by_control(station_errors()).fields {
        let id = &error.field;
        assert!(html.contains(&format!("href=\"#{id}\"")), "{id} in the summary");
        assert!(html.contains(&format!(" id=\"{id}\"")), "{id} is a control");
        assert!(html.contains(&format!("id=\"{id}-error\"")), "words beside {id}");
    }
}

#[test]
fn a_picture_that_is_not_kept_yet_is_carried_with_its_token() {
    assert!(station(wrong).contains("name=\"photo\" value=\"new.secret\""));
}
