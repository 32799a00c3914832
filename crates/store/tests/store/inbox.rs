use crate::*;
use liaison_domain::dto::{NoticeRow, Page};
use liaison_store::inbox::Seen;
use liaison_store::notices::Reminder;

async fn inbox(store: &Store, account: &str) -> Page<NoticeRow> {
    store.inbox(account, false, None, 50).await.expect("an inbox")
}

async fn unread(store: &Store, account: &str) -> u32 {
    store.notice_count(account).await.expect("a count").unread
}

fn kinds(page: &Page<NoticeRow>) -> Vec<&str> {
    page.items.iter().map(|row| row.kind.as_str()).collect()
}

db_test!(
    async fn everybody_concerned_finds_it_in_the_inbox_and_nobody_else(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        assert_eq!(kinds(&inbox(&store, "acc-officer").await), ["submit"]);
        assert_eq!(
            kinds(&inbox(&store, "acc-second").await),
            ["submit"],
            "the whole office"
        );
        assert!(inbox(&store, "acc-unit-a").await.items.is_empty());
        desk.act(&new.id, officer(), accept()).await;
        desk.act(&new.id, officer(), assign()).await;
        assert_eq!(kinds(&inbox(&store, "acc-unit-a").await), ["assign"]);
        let mine = inbox(&store, "acc-resident").await;
        assert_eq!(kinds(&mine), ["assign", "accept", "submit"], "newest first");
        assert_eq!(mine.total, 3);
        let row = &mine.items[0];
        assert_eq!(
            (
                row.letter_id.as_str(),
                row.no.as_str(),
                row.title.as_str(),
                row.read,
                row.unread_of_letter
            ),
            (new.id.as_str(), new.no.as_str(), "电梯停了三天", false, 3)
        );
        let count = store.notice_count("acc-resident").await.expect("a count");
        assert_eq!((count.unread, count.last.as_ref()), (3, Some(&row.id)));
    }
);

db_test!(
    async fn an_inbox_goes_on_page_by_page_without_doubles_or_gaps(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for _ in 0..3 {
            desk.submit(&letter()).await;
        }
        // Letters that arrive in one millisecond share a place in time.
        desk.try_submit(&letter()).await.expect("kept");
        let whole = inbox(&store, "acc-officer").await;
        let mut ids = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = store
                .inbox("acc-officer", true, cursor.as_deref(), 1)
                .await
                .expect("a page");
            assert_eq!(page.total, 4);
            ids.extend(page.items.into_iter().map(|row| row.id));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        let expected: Vec<_> = whole.items.into_iter().map(|row| row.id).collect();
        assert_eq!(ids, expected);
    }
);

db_test!(
    async fn one_is_read_or_a_letter_or_everything_until_a_moment(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let first = desk.submit(&letter()).await;
        let then = desk.now;
        let second = desk.submit(&letter()).await;
        desk.act(&second.id, officer(), accept()).await;
        assert_eq!(unread(&store, "acc-resident").await, 3);
        let newest = inbox(&store, "acc-resident").await.items.remove(0);
        let one = Seen::One(&newest.id);
        assert_eq!(
            store.mark_read("acc-officer", one, desk.now).await.expect("done"),
            0,
            "not theirs"
        );
        assert_eq!(store.mark_read("acc-resident", one, desk.now).await.expect("done"), 1);
        assert_eq!(
            store.mark_read("acc-resident", one, desk.now).await.expect("done"),
            0,
            "once"
        );
        let left = store.inbox("acc-resident", true, None, 50).await.expect("an inbox");
        assert_eq!(
            (left.total, left.items[0].unread_of_letter),
            (2, 1),
            "one of each letter"
        );
        let until = Seen::Until(then);
        store.mark_read("acc-resident", until, desk.now).await.expect("done");
        let left = store.inbox("acc-resident", true, None, 50).await.expect("an inbox");
        assert!(
            left.items.iter().all(|row| row.letter_id == second.id),
            "what came later stays"
        );
        store
            .mark_read("acc-resident", Seen::About(&second.id), desk.now)
            .await
            .expect("done");
        assert_eq!(unread(&store, "acc-resident").await, 0);
        assert_eq!(inbox(&store, "acc-resident").await.total, 3, "read is not gone");
        assert_eq!(unread(&store, "acc-officer").await, 2, "everybody reads their own");
        assert_eq!(
            store.mark_all_read(then).await.expect("done"),
            2,
            "the first letter's, of both clerks"
        );
        assert_eq!(inbox(&store, "acc-officer").await.items[1].letter_id, first.id);
    }
);

db_test!(
    async fn a_reminder_stands_between_what_happened(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let reminder = Reminder {
            to: NoticeTo::Office(id("station-yunfan")),
            letter_id: new.id.clone(),
            kind: id("silent"),
            once: id("silent-1"),
        };
        assert_eq!(store.remind(&reminder, desk.now + 1).await.expect("kept"), 2);
        assert_eq!(store.remind(&reminder, desk.now + 2).await.expect("passed over"), 0);
        assert_eq!(kinds(&inbox(&store, "acc-officer").await), ["silent", "submit"]);
    }
);
