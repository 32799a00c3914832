use crate::*;
use liaison_domain::dto::DeputyFilter;
use liaison_store::directory::SpecialDay;

db_test!(
    async fn stations_are_found_by_area_and_words(store: TestStore) {
        settle(&store).await;
        let found = |area: Option<&'static str>, q: Option<&'static str>| {
            let store = store.store.clone();
            async move {
                let stations = store.stations(area, q).await.expect("stations");
                stations.into_iter().map(|s| s.card.slug).collect::<Vec<_>>()
            }
        };
        assert_eq!(found(None, None).await, ["yunfan", "qingyu"]);
        assert_eq!(
            found(Some("100101"), None).await,
            ["yunfan"],
            "the street's station serves its communities"
        );
        assert_eq!(
            found(Some("10"), None).await,
            ["yunfan", "qingyu"],
            "the district has them all"
        );
        assert_eq!(found(None, Some("青屿")).await, ["qingyu"]);
        assert_eq!(
            found(None, Some("%")).await,
            Vec::<String>::new(),
            "a percent sign is a percent sign"
        );
        let station = store
            .station_by_slug("yunfan")
            .await
            .expect("an answer")
            .expect("the station");
        assert_eq!(
            (station.card.area_name.as_str(), station.card.deputies),
            ("云帆街道", 1)
        );
        assert_eq!(station.scope, ["生活中的难题"]);
        assert_eq!(store.station_by_slug("nowhere").await.expect("an answer"), None);
    }
);

db_test!(
    async fn deputies_are_found_by_every_filter(store: TestStore) {
        settle(&store).await;
        let found = |filter: DeputyFilter| {
            let store = store.store.clone();
            async move {
                let page = store.deputies(&filter, 10).await.expect("a page");
                assert_eq!(page.total, page.items.len() as u64);
                page.items.into_iter().map(|d| d.card.slug).collect::<Vec<_>>()
            }
        };
        let all = DeputyFilter::default;
        assert_eq!(found(all()).await, ["lu", "gu"]);
        assert_eq!(
            found(DeputyFilter {
                station: Some(id("qingyu")),
                ..all()
            })
            .await,
            ["gu"]
        );
        assert_eq!(
            found(DeputyFilter {
                area: Some(id("100101")),
                ..all()
            })
            .await,
            ["lu"]
        );
        assert_eq!(
            found(DeputyFilter {
                tag: Some(id("教育")),
                ..all()
            })
            .await,
            ["lu", "gu"]
        );
        assert_eq!(
            found(DeputyFilter {
                tag: Some(id("物业")),
                ..all()
            })
            .await,
            ["gu"]
        );
        assert_eq!(
            found(DeputyFilter {
                q: Some(id("校长 陆")),
                ..all()
            })
            .await,
            ["lu"],
            "each word somewhere"
        );
        assert_eq!(
            found(DeputyFilter {
                kind: Some(id("cppcc")),
                ..all()
            })
            .await,
            Vec::<String>::new()
        );
        assert_eq!(
            store.deputy_tags().await.expect("tags"),
            ["教育", "托管", "物业"],
            "most common first"
        );
        let deputy = store
            .deputy_by_slug("lu")
            .await
            .expect("an answer")
            .expect("the deputy");
        assert_eq!(
            (deputy.card.station_name.as_str(), deputy.card.tile),
            ("云帆街道联络站", 3)
        );
        assert_eq!(store.deputy_stations(&deputy.card.id).await.expect("stations").len(), 1);
        assert_eq!(
            store.station_deputies("station-yunfan").await.expect("deputies"),
            vec![deputy]
        );
    }
);

db_test!(
    async fn deputies_come_page_by_page(store: TestStore) {
        settle(&store).await;
        for n in 0..9 {
            // The same place in the order: the id decides.
            store
                .put_deputy(&deputy_named(&format!("d{n}"), "某某", &[], "yunfan"), 7)
                .await
                .expect("a deputy");
        }
        let mut seen = Vec::new();
        let mut filter = DeputyFilter::default();
        loop {
            let page = store.deputies(&filter, 4).await.expect("a page");
            seen.extend(page.items.into_iter().map(|d| d.card.slug));
            filter.cursor = page.next_cursor;
            if filter.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["lu", "gu", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"]);
        assert_eq!(store.all_deputies().await.expect("deputies").len(), 11);
    }
);

db_test!(
    async fn an_entry_can_be_written_again(store: TestStore) {
        settle(&store).await;
        let mut deputy = deputy_named("lu", "陆知遥", &["养老"], "qingyu");
        deputy.status = id("left");
        store.put_deputy(&deputy, 5).await.expect("replaced");
        let kept = store
            .deputy_by_slug("lu")
            .await
            .expect("an answer")
            .expect("the deputy");
        assert_eq!(
            (kept.card.station_slug.as_str(), kept.card.expertise.clone()),
            ("qingyu", vec![id("养老")])
        );
        assert_eq!(
            store
                .station_by_slug("qingyu")
                .await
                .expect("an answer")
                .expect("it")
                .card
                .deputies,
            1,
            "who left is not counted"
        );
    }
);

db_test!(
    async fn a_category_takes_its_parents_units_when_it_has_none(store: TestStore) {
        settle(&store).await;
        let units = store.category_units("cat-housing.lift").await.expect("units");
        let units: Vec<_> = units
            .iter()
            .map(|entry| (entry.unit.short_name.as_str(), entry.role))
            .collect();
        assert_eq!(
            units,
            [("区住建局", TaskRole::Lead), ("区城管局", TaskRole::Co)],
            "lead first"
        );
        assert_eq!(store.category_units("cat-traffic").await.expect("units"), vec![]);
        assert_eq!(store.categories().await.expect("categories").len(), 3);
        assert_eq!(store.areas().await.expect("areas").len(), 4);
    }
);

db_test!(
    async fn the_work_calendar_is_kept(store: TestStore) {
        settle(&store).await;
        for (date, is_workday) in [("2026-10-01", false), ("2026-10-10", true)] {
            store
                .put_special_day(&SpecialDay {
                    date: id(date),
                    is_workday,
                    name: id("国庆节"),
                })
                .await
                .expect("kept");
        }
        let calendar = store.work_calendar().await.expect("a calendar");
        assert_eq!((calendar.holidays.len(), calendar.make_up_days.len()), (1, 1));
    }
);
