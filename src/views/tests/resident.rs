//! What a resident reads about a letter's ways back, drawn from what the server says.

use super::samples::{self, DAY, NOW};
use super::*;
use crate::i18n::dates;

fn drawn(data: CaseView) -> String {
    html(|| view! { <MyCaseView data=data now=NOW /> }.into_any())
}

fn day(days: i64) -> String {
    dates::long_date(NOW + days * DAY, NOW)
}

/// A letter with nothing to do but what the terms name.
fn letter(state: CaseState, allowed: &[EventKind], terms: AuthorTerms) -> CaseView {
    CaseView {
        allowed_events: allowed.to_vec(),
        rate_token: Some("tok".into()),
        publication: PublicationState::Private,
        copy: None,
        terms,
        ..samples::case(state)
    }
}

fn ended(mut data: CaseView) -> CaseView {
    data.next = NextStepView {
        code: "none".into(),
        by: None,
    };
    data
}

#[test]
fn what_comes_next_stands_in_every_state() {
    for state in CaseState::ALL {
        let html = drawn(ended(letter(*state, &[], AuthorTerms::default())));
        assert!(html.contains(zh::case::CLOCK_NEXT), "{}", state.code());
    }
    for code in NextStepKind::ALL {
        assert!(*code == NextStepKind::None || zh::case::next(code.code()) != zh::case::next("none"));
    }
}

#[test]
fn a_question_and_its_words_stand_in_the_card_of_their_answer() {
    let mut data = letter(CaseState::Answered, &[], AuthorTerms::default());
    data.answers.push(AnswerView {
        round: 2,
        body: "第二次的答复".into(),
        ..samples::answer()
    });
    data.follow_ups = vec![FollowUpView {
        answer: 0,
        at: NOW - DAY,
        text: "水泵归谁管".into(),
        due: Some(NOW + 3 * DAY),
        reply: None,
        reply_at: None,
        reply_by: None,
    }];
    let html = drawn(data.clone());
    let cards: Vec<&str> = html.split("<article").skip(1).collect();
    assert!(
        !cards[0].contains("水泵归谁管") && cards[1].contains("水泵归谁管"),
        "with the first answer"
    );
    assert!(cards[1].contains(&zh::case::answered_by(&day(3))));
    data.follow_ups[0].reply = Some("归物业管".into());
    data.follow_ups[0].reply_by = Some("区住建局".into());
    let html = drawn(data);
    assert!(html.contains("归物业管") && html.contains(zh::case::FOLLOW_UP_REPLY));
}

#[test]
fn a_rating_that_may_be_changed_is_not_asked_for_again() {
    let terms = AuthorTerms {
        change_until: Some(NOW + 6 * DAY),
        reopen_until: Some(NOW + 29 * DAY),
        ..AuthorTerms::default()
    };
    let html = drawn(letter(CaseState::Closed, &[], terms));
    assert!(!html.contains(zh::case::RATE), "it was given");
    for words in [zh::case::CHANGE, zh::case::REOPEN, &day(6), &day(29)] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn urging_says_how_often_and_from_when() {
    let terms = |left, from| AuthorTerms {
        urges_left: Some(left),
        urge_from: from,
        ..AuthorTerms::default()
    };
    let html = drawn(letter(CaseState::InProgress, &[EventKind::Urge], terms(2, None)));
    assert!(html.contains("还可以催 2 次") && html.contains("value=\"urge\""));
    let html = drawn(letter(CaseState::InProgress, &[], terms(1, Some(NOW + 2 * DAY))));
    assert!(html.contains(&zh::case::urge_from(&day(2))) && !html.contains("value=\"urge\""));
    let html = drawn(letter(CaseState::InProgress, &[], terms(0, None)));
    assert!(html.contains("能催的次数已经用完"));
}

#[test]
fn an_appeal_speaks_of_what_it_is_against() {
    let terms = AuthorTerms {
        appeal_until: Some(NOW + 9 * DAY),
        appeal_by: Some(NOW + 4 * DAY),
        ..AuthorTerms::default()
    };
    let html = drawn(ended(letter(CaseState::Declined, &[EventKind::Appeal], terms.clone())));
    assert!(html.contains(zh::case::APPEAL) && html.contains(&day(9)) && html.contains(&day(4)));
    assert!(html.contains(zh::case::next("appeal")));
    let html = drawn(ended(letter(CaseState::Closed, &[EventKind::Appeal], terms)));
    assert!(html.contains(zh::case::APPEAL_CLOSED) && !html.contains(zh::case::APPEAL));
}

#[test]
fn joined_letters_say_with_which_and_what_withdrawing_means() {
    let mut data = letter(
        CaseState::Merged,
        &[EventKind::Unmerge],
        AuthorTerms {
            unmerge_until: Some(NOW + 5 * DAY),
            ..AuthorTerms::default()
        },
    );
    data.merged_into = Some("TH-2026-000007".into());
    let html = drawn(data);
    assert!(html.contains("已并入 TH-2026-000007") && html.contains(&day(5)));

    let joined = AuthorTerms {
        joined: true,
        ..AuthorTerms::default()
    };
    let html = drawn(letter(CaseState::InProgress, &[EventKind::Withdraw], joined));
    assert!(html.contains(zh::case::WITHDRAW_JOINED) && !html.contains(zh::case::WITHDRAW_HINT));
    let mut left = letter(CaseState::InProgress, &[], AuthorTerms::default());
    left.author_left = true;
    let html = drawn(left);
    assert!(html.contains(zh::case::AUTHOR_LEFT) && html.contains(zh::case::next("left")));
}

#[test]
fn the_parts_of_a_letter_each_have_their_holder_and_their_answer() {
    let mut data = letter(CaseState::InProgress, &[], AuthorTerms::default());
    let part = |title: &str, state, answer| PartView {
        title: title.into(),
        state,
        holder: samples::case(state).holder,
        answer,
    };
    data.parts = vec![
        part("水泵", CaseState::Answered, Some(samples::answer())),
        part("路灯", CaseState::InProgress, None),
    ];
    let html = drawn(data);
    assert!(html.contains("这件事分成 2 部分办") && html.contains(zh::case::PARTS_HINT));
    let parts: Vec<(&str, &str)> = elements(&html, "details");
    let of = |title: &str| parts.iter().find(|(_, inner)| inner.contains(title)).expect("a part").1;
    assert!(of("水泵").contains("<article") && of("水泵").contains("已答复"));
    assert!(of("路灯").contains("区住建局") && !of("路灯").contains("<article"));
}

#[test]
fn words_of_a_form_that_is_gone_are_not_lost() {
    let form = ActForm {
        act: "appeal".into(),
        text: "请再看一次".into(),
        ..ActForm::default()
    };
    let gone = letter(CaseState::ScreeningHold, &[], AuthorTerms::default());
    let html = html(|| view! { <MyCaseView data=gone now=NOW form=form /> }.into_any());
    assert!(html.contains(zh::case::YOUR_WORDS) && html.contains("请再看一次"));
}

#[test]
fn the_whole_time_is_told_in_one_sentence() {
    let html = drawn(samples::case(CaseState::InProgress));
    assert!(html.contains("一共8天：云帆街道联络站2天，区住建局6天。"), "{html}");
}

#[test]
fn the_timeline_speaks_to_its_author() {
    let mut data = letter(CaseState::InProgress, &[], AuthorTerms::default());
    let by = Some("云帆街道联络站");
    data.timeline = vec![
        samples::event(
            1,
            EventKind::ContactRevealed,
            Role::StationOfficer,
            by,
            Some("原因：约上门时间"),
        ),
        CaseEventView {
            about: Some("放假调休安排".into()),
            date: Some(NOW + 8 * DAY),
            ..samples::event(2, EventKind::Recalculated, Role::System, None, None)
        },
    ];
    let html = drawn(data);
    assert!(html.contains("云帆街道联络站查看了您的联系电话") && html.contains("原因：约上门时间"));
    assert!(html.contains("放假调休安排有调整，期限重新计算") && html.contains(&day(8)));
}

#[test]
fn the_rating_s_page_says_what_it_is_for() {
    let page = |state, terms, rated| {
        html(|| {
            let data = SurveyView {
                state,
                terms,
                rated,
                ..samples::survey()
            };
            view! { <RateView data=data token="tok".to_owned() form=RatingForm::default() now=NOW /> }.into_any()
        })
    };
    let rated = Rating {
        attitude: 4,
        process: 4,
        result: 4,
        solved: Solved::Yes,
        reasons: Vec::new(),
        text: "谢谢".into(),
    };
    let change = AuthorTerms {
        change_until: Some(NOW + 3 * DAY),
        ..AuthorTerms::default()
    };
    let html = page(CaseState::Closed, change.clone(), Some(rated.clone()));
    assert!(
        html.contains(zh::rate::AGAIN) && html.contains("谢谢"),
        "what was said stands there"
    );
    let html = page(CaseState::Disputed, change, Some(rated.clone()));
    assert!(html.contains(zh::rate::AGAIN_DISPUTED));
    let reopen = AuthorTerms {
        reopen_until: Some(NOW + 20 * DAY),
        ..AuthorTerms::default()
    };
    let html = page(CaseState::Closed, reopen, Some(rated));
    assert!(html.contains(zh::rate::REOPEN_LEAD) && !html.contains(zh::rate::AGAIN));
    let html = page(CaseState::Closed, AuthorTerms::default(), None);
    assert!(html.contains(zh::rate::CLOSED) && !html.contains("<form"));
}

#[test]
fn a_published_copy_is_one_press_away_from_its_letter() {
    let mut data = letter(CaseState::Closed, &[EventKind::ConsentChanged], AuthorTerms::default());
    data.copy = samples::case(CaseState::Closed).copy;
    let address = format!("href=\"/cases/{}\"", data.no);
    assert!(!drawn(data.clone()).contains(&address), "nothing is public yet");
    data.publication = PublicationState::Published;
    assert!(drawn(data).contains(&address));
}
