//! R1 in small: a receipt once given is never lost, whenever the process dies.

use crate::*;
use liaison_domain::calendar::WorkCalendar;
use liaison_domain::limits::Limits;
use liaison_store::idempotency::IdempotencyKey;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

const CHILD: &str = "LIAISON_TEST_WRITER";

/// Not a test of its own: what the killed process runs. Writes letters as fast as it can, and each receipt's number only
/// after the letter is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn writer() {
    let Ok(url) = std::env::var(CHILD) else { return };
    let store = Store::connect(&url).await.expect("the database opens");
    let (calendar, limits) = (WorkCalendar::default(), Limits::default());
    let writers = (0..4).map(|_| async {
        for _ in 0..10_000 {
            let ctx = Context::new(monday(), author(), &calendar, &limits);
            let key = IdempotencyKey {
                scope: id("crash"),
                key: liaison_store::new_id(),
                body_hash: id("x"),
            };
            let kept = store.submit(&letter(), &ctx, Some(&key)).await.expect("kept");
            let accepted = store
                .act(&kept.id, &accept(), &ctx_of(&ctx, officer()))
                .await
                .expect("accepted");
            let line = format!("receipt {} {}\n", kept.no, accepted.case.version);
            std::io::stdout()
                .lock()
                .write_all(line.as_bytes())
                .expect("the parent listens");
        }
    });
    let [a, b, c, d] = writers
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_else(|_| unreachable!("four writers"));
    tokio::join!(a, b, c, d);
}

fn ctx_of<'a>(ctx: &Context<'a>, actor: Actor) -> Context<'a> {
    Context { actor, ..ctx.clone() }
}

/// The receipts a writer gave before it was killed.
fn killed_writer(url: &str, after: Duration) -> Vec<(String, i64)> {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "crash::writer", "--nocapture", "--test-threads=1"])
        .env(CHILD, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the writer starts");
    std::thread::sleep(after);
    child.kill().expect("SIGKILL");
    let mut said = String::new();
    child
        .stdout
        .take()
        .expect("its output")
        .read_to_string(&mut said)
        .expect("text");
    child.wait().expect("it is gone");
    let whole = said.rfind('\n').map_or("", |end| &said[..end]);
    whole
        .lines()
        .filter_map(|line| line.split_once("receipt "))
        .filter_map(|(_, receipt)| receipt.split_once(' '))
        .map(|(no, version)| (id(no), version.parse().expect("a version")))
        .collect()
}

db_test!(
    async fn no_receipt_is_lost_when_the_process_is_killed(store: TestStore) {
        settle(&store).await;
        let mut receipts = Vec::new();
        for round in 0..4u64 {
            let url = store.url.clone();
            let after = Duration::from_millis(400 + round * 137);
            receipts.extend(
                tokio::task::spawn_blocking(move || killed_writer(&url, after))
                    .await
                    .expect("no panic"),
            );
        }
        assert!(
            receipts.len() > 10,
            "only {} letters were written: too few to tell",
            receipts.len()
        );
        let distinct: BTreeSet<&String> = receipts.iter().map(|(no, _)| no).collect();
        assert_eq!(distinct.len(), receipts.len(), "no number was given twice");
        for (no, version) in &receipts {
            let letter = store
                .by_no(no)
                .await
                .expect("an answer")
                .unwrap_or_else(|| panic!("{no} had a receipt and is lost"));
            assert!(letter.case.version >= *version, "{no}: the acknowledged event is lost");
        }
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
        let kept = store.for_account("acc-resident", None, 1).await.expect("a page").total;
        assert!(
            kept - distinct.len() as u64 <= 16,
            "{kept} letters kept, {} acknowledged: doubled?",
            distinct.len()
        );
    }
);
