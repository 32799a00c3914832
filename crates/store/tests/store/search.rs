use crate::*;
use liaison_store::queues::Slice;
use liaison_store::testing;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;

const TEXTS: &[&str] = &[
    "老旧小区加装电梯怎么申请",
    "电梯坏了三天,物业不修",
    "学府路路灯不亮",
    "27路公交能不能延伸到橘林村",
    "共享单车占了盲道",
    "小区里的电动车飞线充电",
    "LED 路灯太亮 led灯晃眼",
    "𠮷祥里的缘石坡道太陡",
    "油烟、噪声——半夜不停!",
    "电 梯 两个字中间有空格",
];

async fn kept_in(store: &Store) -> BTreeMap<String, usize> {
    let desk = Desk::open(store).await;
    let mut kept = BTreeMap::new();
    for (at, text) in TEXTS.iter().enumerate() {
        let new = NewLetter {
            title: id(""),
            body: id(text),
            place: None,
            ..letter()
        };
        kept.insert(desk.try_submit(&new).await.expect("kept").id, at);
    }
    kept
}

async fn found_by(store: &Store, kept: &BTreeMap<String, usize>, q: &str) -> Vec<usize> {
    let slice = Slice {
        lane: "new",
        q: Some(q),
        cursor: None,
        limit: 100,
        filter: liaison_store::queues::Filter::default(),
    };
    let queue = store
        .office_queue(None, slice, monday())
        .await
        .expect("the store answers")
        .expect("a lane");
    let mut found: Vec<usize> = queue.items.iter().map(|row| kept[&row.id]).collect();
    found.sort_unstable();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_find_the_same_letters() {
    let (sqlite, postgres) = (testing::sqlite().await, testing::postgres().await);
    let (in_sqlite, in_postgres) = (kept_in(&sqlite).await, kept_in(&postgres).await);
    for (q, expected) in [
        ("电梯", vec![0, 1]),
        ("加装电梯", vec![0]),
        ("路灯", vec![2, 6]),
        ("路", vec![2, 3, 6]),
        ("亮", vec![2, 6]),
        ("led", vec![6]),
        ("ＬＥＤ", vec![6]),
        ("27路", vec![3]),
        ("公交 橘林村", vec![3]),
        ("小区 充电", vec![5]),
        ("梯坏", vec![1]),
        ("𠮷祥", vec![7]),
        ("电梯路灯", vec![]),
        ("!!!", vec![]),
        ("\" OR *", vec![]),
        ("':* | '", vec![]),
    ] {
        assert_eq!(found_by(&sqlite, &in_sqlite, q).await, expected, "{q} on SQLite");
        assert_eq!(
            found_by(&postgres, &in_postgres, q).await,
            expected,
            "{q} on PostgreSQL"
        );
    }
    // Whatever is typed, neither engine fails and both agree.
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let pieces = prop::sample::select(vec![
            "电", "梯", "路灯", "电梯", " ", "27", "led", "*", "\"", "'", "&", "(", "-", "𠮷", "不亮", ":",
        ]);
        let typed = prop::collection::vec(pieces, 1..6).prop_map(|pieces| pieces.concat());
        let mut runner = TestRunner::new(Config {
            cases: 60,
            failure_persistence: None,
            ..Config::default()
        });
        let agreed = runner.run(&typed, |q| {
            let one = runtime.block_on(found_by(&sqlite, &in_sqlite, &q));
            let other = runtime.block_on(found_by(&postgres, &in_postgres, &q));
            prop_assert_eq!(one, other, "{}", q);
            Ok(())
        });
        agreed.expect("the engines agree");
    });
}
