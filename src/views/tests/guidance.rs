//! What is told beside a letter.

use super::samples::case_card;
use super::*;
use crate::views::By;
use liaison_domain::guess::built_in_doors;

#[test]
fn whatever_is_personal_has_a_button_of_its_own_that_says_what_it_covers() {
    let text = "我叫周慧兰，电话19900000012，楼道灯坏了。";
    let app = html(|| personal(text, false, By::App));
    assert!(
        app.contains("data-do=\"cover:0\"") && app.contains("data-do=\"cover:1\""),
        "{app}"
    );
    assert!(app.contains("aria-label=\"遮住电话号码 19900000012\""), "{app}");
    assert!(
        app.contains("data-do=\"cover:all\"") && app.contains("type=\"button\""),
        "{app}"
    );
    let plain = html(|| personal(text, false, By::Form));
    assert!(
        plain.contains("name=\"do\"") && plain.contains("form=\"write\""),
        "{plain}"
    );
    let nothing = html(|| personal("楼道灯坏了。", false, By::App));
    assert!(!nothing.contains("section"), "{nothing}");
    let covered = html(|| personal("楼道灯坏了。", true, By::App));
    assert!(covered.contains("恢复原来的文字"), "{covered}");
}

#[test]
fn only_a_matter_on_its_way_can_be_joined() {
    let on_its_way = CaseCard {
        state: CaseState::InProgress,
        answered_at: None,
        joined: 3,
        ..case_card()
    };
    let page = html(|| similar(&[on_its_way, case_card()], By::App));
    assert_eq!(page.matches("data-do=\"join:").count(), 1, "{page}");
    assert!(page.contains("已有 3 人附议"), "{page}");
    let ended = html(|| similar(&[case_card()], By::App));
    assert!(ended.contains("已经有结果") && !ended.contains("data-do"), "{ended}");
}

#[test]
fn the_check_shows_what_others_would_read_and_which_matter_is_joined() {
    let mut form = LetterForm {
        body: "我是李听澜，电话19900000012，车库进水。".into(),
        name: "李听澜".into(),
        kind: Some(LetterKind::Help),
        ..letter()
    };
    form.extra.join(Some(&case_card()));
    let options = samples::options();
    let limits: FormLimits = liaison_domain::form::LetterLimits::default().into();
    let page = html(|| question(Asked::new(WriteStep::Check, form, options, limits)));
    let others = page.split("id=\"others-title\"").nth(1).unwrap_or_default();
    assert!(others.contains("我是×××，电话〔号码〕，车库进水。"), "{others}");
    assert!(
        !others.contains("李听澜"),
        "the writer's own name is covered wherever it stands: {others}"
    );
    assert!(page.contains("附议哪一件") && page.contains(&case_card().no), "{page}");
    assert!(!page.contains("想写给谁"), "it goes where the matter is");
}

#[test]
fn of_a_letter_that_is_only_spoken_the_check_says_how_words_come_about() {
    let form = LetterForm {
        body: String::new(),
        voice: PhotoItem::media_from_carried("5f3a.secret"),
        ..letter()
    };
    assert!(form.voice.is_some());
    let limits: FormLimits = liaison_domain::form::LetterLimits::default().into();
    let page = html(|| question(Asked::new(WriteStep::Check, form, samples::options(), limits)));
    let others = page.split("id=\"others-title\"").nth(1).unwrap_or_default();
    assert!(others.contains("录音不公开"), "{others}");
    assert!(!others.contains("others__copy"), "no empty box: {others}");
    assert!(
        !page.contains(crate::i18n::zh::write::BODY),
        "nothing was left out: {page}"
    );
}

#[test]
fn dangers_and_doors_are_told_with_a_number_to_call() {
    let page = html(|| elsewhere("楼道里有煤气味，公司拖欠工资", &built_in_doors()));
    assert!(page.contains("tel:119") && page.contains("tel:12333"), "{page}");
    let quiet = html(|| elsewhere("路灯不亮", &built_in_doors()));
    assert!(!quiet.contains("tel:"), "{quiet}");
}
