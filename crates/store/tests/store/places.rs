//! What the desk changes of the pages of stations and deputies.

use crate::*;
use liaison_domain::dto::{Contact, DeputyFilter, DeputyInput, Directions, PhotoInput, StationInput};
use liaison_domain::places::photo_address;
use liaison_store::directory::{Place, PlaceError, Station};
use liaison_store::uploads::NewUpload;

fn input(station: &Station) -> StationInput {
    StationInput {
        address: station.card.address.clone(),
        phone: station.card.phone.clone(),
        opening: station.card.opening.clone(),
        contacts: station.contacts.clone(),
        scope: station.scope.clone(),
        charter: station.charter.clone(),
        principles: station.principles.clone(),
        directions: station.directions.clone(),
        lng: station.card.lng,
        lat: station.card.lat,
        photos: Vec::new(),
    }
}

async fn yunfan(store: &TestStore) -> Station {
    store
        .station_by_slug("yunfan")
        .await
        .expect("an answer")
        .expect("the station")
}

async fn hand_in(store: &TestStore, name: &str) -> PhotoInput {
    let new = NewUpload {
        id: id(name),
        token: format!("token-{name}"),
        mime: id("image/jpeg"),
        bytes: 12_345,
        width: 800,
        height: 600,
        sha256: liaison_store::sha256_hex(name.as_bytes()),
        alt: String::new(),
    };
    store.add_upload(&new, monday()).await.expect("kept");
    PhotoInput {
        id: id(name),
        token: Some(format!("token-{name}")),
        alt: format!("{name} 的样子"),
    }
}

fn kept(photo: &PhotoInput) -> PhotoInput {
    PhotoInput {
        token: None,
        ..photo.clone()
    }
}

db_test!(
    async fn a_change_of_other_things_keeps_the_place_on_the_map_bit_for_bit(store: TestStore) {
        settle(&store).await;
        let mut version = yunfan(&store).await.version;
        // Neighbours of each other, which no decimal text of six digits tells apart, and numbers binary cannot write.
        let first = 123.412_f64;
        let places = [
            (first, 27.561),
            (
                f64::from_bits(first.to_bits() + 1),
                f64::from_bits(27.561_f64.to_bits() - 1),
            ),
            (0.1 + 0.2, -0.1 - 0.2),
            (-179.999_999_999_999_97, 89.999_999_999_999_99),
            (f64::MIN_POSITIVE, 5e-324),
        ];
        for (round, (lng, lat)) in places.into_iter().enumerate() {
            let mut moved = input(&yunfan(&store).await);
            (moved.lng, moved.lat) = (lng, lat);
            let done = store
                .change_station("station-yunfan", version, &moved, "acc-officer", monday())
                .await
                .expect("moved");
            version = done.version;
            let before = yunfan(&store).await;
            assert_eq!(
                (before.card.lng.to_bits(), before.card.lat.to_bits()),
                (lng.to_bits(), lat.to_bits())
            );
            let mut other = input(&before);
            other.address = format!("和平路 {round} 号");
            let done = store
                .change_station("station-yunfan", version, &other, "acc-officer", monday())
                .await
                .expect("changed");
            assert_eq!(done.fields, ["address"], "the place is not told as changed");
            version = done.version;
            let after = yunfan(&store).await;
            assert_eq!(
                (after.card.lng.to_bits(), after.card.lat.to_bits()),
                (lng.to_bits(), lat.to_bits())
            );
        }
    }
);

db_test!(
    async fn who_was_slower_changes_nothing_and_who_changed_what_is_kept(store: TestStore) {
        settle(&store).await;
        let before = yunfan(&store).await;
        let mut new = input(&before);
        new.directions.bus = id("12 路到银杏路口站");
        new.contacts = vec![Contact {
            name: id("预约登记"),
            phone: id("0199-1001"),
        }];
        let changed = async |version: i64, input: &StationInput| {
            store
                .change_station("station-yunfan", version, input, "acc-officer", monday())
                .await
        };
        let done = changed(before.version, &new).await.expect("changed");
        assert_eq!(
            (done.version, done.fields),
            (before.version + 1, vec![id("contacts"), id("directions")])
        );
        let revision = store.public_revision().await.expect("a number");

        let mut slower = input(&before);
        slower.phone = id("0199-0000");
        let refused = changed(before.version, &slower).await;
        assert!(matches!(refused, Err(PlaceError::Changed)), "{refused:?}");
        let same = changed(done.version, &new).await.expect("an answer");
        assert_eq!(
            (same.version, same.fields.len()),
            (done.version, 0),
            "the same again is no change"
        );
        assert_eq!(store.public_revision().await.expect("a number"), revision);

        let now = yunfan(&store).await;
        assert_eq!(now.card.phone, before.card.phone);
        assert_eq!((&now.directions, &now.contacts), (&new.directions, &new.contacts));
        assert_eq!((now.scope, now.principles), (before.scope, before.principles));
        let place = Place::Station("station-yunfan");
        let log = store.place_changes(place, 10).await.expect("changes");
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].version, log[0].at, log[0].fields.len()),
            (now.version, monday(), 2)
        );
        let other = Place::Station("station-qingyu");
        assert!(store.place_changes(other, 10).await.expect("none").is_empty());
        let unknown = store
            .change_station("station-x", 1, &new, "acc-officer", monday())
            .await;
        assert!(matches!(unknown, Err(PlaceError::NotFound)));
    }
);

db_test!(
    async fn pictures_come_from_uploads_once_and_keep_their_order(store: TestStore) {
        settle(&store).await;
        let place = Place::Station("station-yunfan");
        let (door, room) = (hand_in(&store, "door").await, hand_in(&store, "room").await);
        let base = input(&yunfan(&store).await);
        let set = async |version: i64, photos: Vec<PhotoInput>| {
            let input = StationInput { photos, ..base.clone() };
            store
                .change_station("station-yunfan", version, &input, "acc-officer", monday())
                .await
        };
        let ids = async || {
            let photos = store.photos_of(place).await.expect("photos");
            photos.into_iter().map(|photo| photo.id).collect::<Vec<_>>()
        };
        let stolen = PhotoInput {
            token: Some(id("guessed")),
            ..door.clone()
        };
        let refused = set(1, vec![room.clone(), stolen]).await;
        assert!(matches!(refused, Err(PlaceError::Photo(1))), "{refused:?}");
        assert!(ids().await.is_empty(), "all or nothing");
        assert!(
            store
                .unclaimed_upload("room", "token-room")
                .await
                .expect("an answer")
                .is_some()
        );

        set(1, vec![door.clone(), room.clone()]).await.expect("kept");
        assert_eq!(ids().await, ["door", "room"]);
        assert!(store.is_place_photo("door").await.expect("an answer"));
        assert_eq!(
            store.upload("door").await.expect("an answer"),
            None,
            "no upload of anybody's any more"
        );
        let swept = store.sweep_uploads(monday() + 1, monday() + 1).await.expect("swept");
        assert!(swept.is_empty(), "{swept:?} belong to a station");

        let done = set(2, vec![kept(&room), kept(&door)]).await.expect("turned round");
        assert_eq!((ids().await, done.removed.len()), (vec![id("room"), id("door")], 0));
        let twice = set(3, vec![kept(&room), kept(&door), hand_in(&store, "again").await])
            .await
            .expect("one more");
        assert_eq!(twice.fields, ["photos"]);
        let done = set(4, vec![kept(&door)]).await.expect("two go");
        assert_eq!(done.removed, [id("room"), id("again")]);
        assert!(!store.is_place_photo("room").await.expect("an answer"));

        // A picture of one station is not another's to take.
        let qingyu = store.station_by_slug("qingyu").await.expect("an answer").expect("it");
        let theirs = StationInput {
            photos: vec![kept(&door)],
            ..input(&qingyu)
        };
        let refused = store
            .change_station("station-qingyu", 1, &theirs, "acc-officer", monday())
            .await;
        assert!(matches!(refused, Err(PlaceError::Photo(0))), "{refused:?}");
    }
);

db_test!(
    async fn a_deputy_says_who_they_are_and_is_found_by_what_they_know(store: TestStore) {
        settle(&store).await;
        let before = store
            .deputy_by_slug("lu")
            .await
            .expect("an answer")
            .expect("the deputy");
        let portrait = hand_in(&store, "portrait").await;
        let new = DeputyInput {
            bio: id("每天早上站在校门口。"),
            expertise: vec![id("校门口")],
            photo: Some(portrait.clone()),
        };
        let own = before.card.id.clone();
        let done = store
            .change_deputy(&own, before.version, &new, "acc-officer", monday())
            .await
            .expect("changed");
        assert_eq!(done.fields, ["bio", "expertise", "photos"]);
        let by_tag = |tag: &str| DeputyFilter {
            tag: Some(id(tag)),
            ..DeputyFilter::default()
        };
        let found = async |filter: DeputyFilter| {
            let page = store.deputies(&filter, 10).await.expect("deputies");
            page.items.into_iter().any(|deputy| deputy.card.id == own)
        };
        assert!(found(by_tag("校门口")).await);
        assert!(!found(by_tag(&before.card.expertise[0])).await, "what they knew before");
        let words = DeputyFilter {
            q: Some(id("校门口")),
            ..DeputyFilter::default()
        };
        assert!(found(words).await);
        let now = store.deputy(&own).await.expect("an answer").expect("the deputy");
        assert_eq!(now.card.photo, Some(photo_address("portrait", "thumb")));
        assert_eq!(
            (now.bio.as_str(), now.version),
            ("每天早上站在校门口。", before.version + 1)
        );
        assert_eq!(now.card.station_slug, before.card.station_slug);

        let late = store
            .change_deputy(&own, before.version, &new, "acc-officer", monday())
            .await;
        assert!(matches!(late, Err(PlaceError::Changed)), "{late:?}");
        let without = DeputyInput { photo: None, ..new };
        let done = store
            .change_deputy(&own, now.version, &without, "acc-officer", monday())
            .await
            .expect("changed");
        assert_eq!(done.removed, [id("portrait")]);
        let now = store.deputy(&own).await.expect("an answer").expect("the deputy");
        assert_eq!((now.card.photo, now.bio), (None, without.bio));
    }
);

#[test]
fn a_way_that_is_not_known_is_empty() {
    let read: Directions = serde_json::from_str("{}").expect("what stations begin with");
    assert_eq!(read, Directions::default());
}
