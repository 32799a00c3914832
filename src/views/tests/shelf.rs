//! Letters that are not finished or not gone yet.

use super::*;
use crate::views::{DraftRow, OutRow, OutState, shelf, waiting_page};

fn out(state: OutState, photos_left: usize) -> OutRow {
    OutRow {
        id: "o1".into(),
        beginning: "东门的灯坏了".into(),
        at: NOW,
        state,
        photos_left,
        media_left: false,
        voice_first: false,
    }
}

fn sent(seen: bool) -> OutState {
    OutState::Sent {
        no: "TH-2026-004213".into(),
        seen,
        problem: String::new(),
    }
}

fn listed(rows: Vec<OutRow>, drafts: Vec<DraftRow>) -> String {
    html(move || shelf(&rows, &drafts, 30, NOW))
}

#[test]
fn nothing_unfinished_takes_no_room() {
    assert!(!listed(Vec::new(), Vec::new()).contains("<section"));
}

#[test]
fn an_unfinished_letter_says_what_and_when_and_can_be_continued_or_thrown_away() {
    let row = DraftRow {
        id: "d1".into(),
        beginning: "电梯又停了".into(),
        saved_at: NOW,
        photos: 2,
    };
    let page = listed(Vec::new(), vec![row]);
    for words in [
        "没写完的意见（1份）",
        "电梯又停了",
        "2张照片",
        "30天没动过的会自动删除",
        "data-do=\"draft-open:d1\"",
        "data-do=\"draft-drop:d1\"",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
}

#[test]
fn each_state_of_a_letter_on_its_way_offers_what_makes_sense_and_nothing_else() {
    for (state, offered) in [
        (OutState::Waiting, &["out-retry", "out-back"][..]),
        (OutState::Turn(NOW), &["out-retry", "out-back"][..]),
        (OutState::Code, &["out-code", "out-back"]),
        (OutState::Refused("太长了".into()), &["out-back"]),
        (sent(false), &["out-receipt"]),
        (sent(true), &[]),
    ] {
        let page = listed(vec![out(state.clone(), 0)], Vec::new());
        for act in ["out-retry", "out-back", "out-code", "out-receipt"] {
            let there = page.contains(&format!("data-do=\"{act}:o1\""));
            assert_eq!(there, offered.contains(&act), "{act} of {state:?}");
        }
    }
    let turn = listed(vec![out(OutState::Turn(NOW), 0)], Vec::new());
    assert!(turn.contains("过一会儿自动提交") && !turn.contains("网络"), "{turn}");
    assert!(listed(vec![out(sent(true), 2)], Vec::new()).contains("还有2张照片，会自动补上"));
    for (photos_left, words) in [
        (0, "还有录音或视频没传完，会自动补上"),
        (1, "还有1张照片和录音或视频，会自动补上"),
    ] {
        let row = OutRow {
            media_left: true,
            ..out(sent(true), photos_left)
        };
        assert!(listed(vec![row], Vec::new()).contains(words), "{words}");
    }
    let spoken = OutRow {
        media_left: true,
        voice_first: true,
        ..out(OutState::Waiting, 1)
    };
    let page = listed(vec![spoken], Vec::new());
    assert!(page.contains("录音一传完") && !page.contains("补上"), "{page}");
}

#[test]
fn whoever_waits_is_told_whether_the_page_may_be_closed() {
    let page = |memory| html(move || waiting_page(&out(OutState::Waiting, 0), memory, NOW));
    assert!(page(false).contains("您不用守着") && !page(false).contains("不要关掉"));
    assert!(page(true).contains("不要关掉这个页面") && !page(true).contains("您不用守着"));
}
