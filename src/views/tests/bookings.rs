//! Pages of booking, in every state.

use super::*;
use liaison_domain::reception::{BookingState, Mode, Refused, SessionKind, SessionState};

fn options(free: bool) -> BookOptions {
    let slot = |n: i64, name: &str, free| SlotView {
        starts_at: NOW + 3 * DAY + n * 1_200_000,
        deputy_id: Some(name.into()),
        deputy_name: Some(name.into()),
        free,
    };
    BookOptions {
        session_id: "r-1".into(),
        title: String::new(),
        kind: SessionKind::Themed,
        state: SessionState::Announced,
        topic: "加装电梯".into(),
        notice: "请带上房产证复印件。".into(),
        starts_at: NOW + 3 * DAY,
        ends_at: NOW + 3 * DAY + 7_200_000,
        closes_at: NOW + 3 * DAY - 7_200_000,
        station_name: "云帆街道联络站".into(),
        station_slug: "yunfan".into(),
        station_phone: "0199-1004".into(),
        place: "和平路 8 号".into(),
        modes: vec![Mode::OnSite, Mode::Phone, Mode::Online],
        slots: vec![
            slot(0, "陆知遥", free),
            slot(0, "顾承远", false),
            slot(1, "陆知遥", free),
        ],
        waiting: 2,
        refused: None,
    }
}

fn book(data: BookOptions, booker: Booker, errors: Errors) -> String {
    let form = BookForm {
        people: "2".into(),
        mode: "onsite".into(),
        needs: vec!["坐轮椅".into()],
        ..BookForm::default()
    };
    let only = data.refused.is_none();
    html(|| {
        view! { <BookView data=data form=form booker=booker errors=errors by_phone_only=only now=NOW /> }.into_any()
    })
}

fn booking(state: BookingState, choice: Option<&str>) -> AppointmentView {
    AppointmentView {
        id: state.code().into(),
        version: 3,
        state,
        choice: choice.map(str::to_owned),
        session_id: "r-1".into(),
        session_state: SessionState::Announced,
        session_starts_at: NOW + 3 * DAY,
        session_ends_at: NOW + 3 * DAY + 7_200_000,
        title: String::new(),
        kind: SessionKind::Ordinary,
        starts_at: (state != BookingState::Waiting).then_some(NOW + 3 * DAY),
        station_name: "云帆街道联络站".into(),
        station_slug: "yunfan".into(),
        station_phone: "0199-1004".into(),
        place: "和平路 8 号".into(),
        deputy_name: Some("陆知遥".into()),
        deputy_slug: Some("lu".into()),
        mode: Mode::Online,
        online_link: Some("https://meeting.example.org/1".into()),
        name: "李女士".into(),
        topic: "电梯停了".into(),
        access_needs: "坐轮椅".into(),
        people: 2,
        code: "482107".into(),
        place_in_line: (state == BookingState::Waiting).then_some(2),
        offer_until: (state == BookingState::Offered).then_some(NOW + 7_200_000),
        queue_no: None,
        cancel_reason: (state == BookingState::Dropped).then(|| "代表出差".into()),
        letter_no: None,
        created_at: NOW,
    }
}

/// Every page, with its name.
pub(super) fn pages() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, page: String| all.push((format!("booking-{name}"), page));
    let phone = || Booker::ByPhone(PhoneForm::default());
    add("times", book(options(true), phone(), Errors::default()));
    add("full", book(options(false), Booker::Known, Errors::default()));
    let wrong = ["slot", "topic", "needs_other", "people", "called", "phone"];
    let wrong = wrong.map(|field| error(field, "required")).to_vec();
    add("wrong", book(options(true), phone(), Errors::of(wrong)));
    let closed = BookOptions {
        refused: Some(Refused::TooLate.code().into()),
        ..options(true)
    };
    add("closed", book(closed, Booker::Known, Errors::default()));
    for state in BookingState::ALL {
        let choices: &[Option<&str>] = match state {
            BookingState::Booked => &[None, Some("substitute"), Some("moved")],
            BookingState::Dropped => &[None, Some("alternatives")],
            _ => &[None],
        };
        for choice in choices {
            let data = AppointmentDetail {
                booking: booking(*state, *choice),
                alternatives: vec![Alternative {
                    session_id: "r-2".into(),
                    station_name: "云帆街道联络站".into(),
                    starts_at: NOW + 10 * DAY,
                    ends_at: NOW + 10 * DAY + 7_200_000,
                    deputies: vec!["陆知遥".into(), "顾承远".into()],
                    free: 3,
                }],
                looks: vec![liaison_domain::dto::NumberLook {
                    who: "云帆街道联络站".into(),
                    reason: "约上门查看的时间".into(),
                    at: NOW - DAY,
                }],
            };
            let name = [state.code(), choice.unwrap_or_default()].join("-");
            add(&name, html(|| view! { <BookingView data=data now=NOW /> }.into_any()));
        }
    }
    let bookings: Vec<_> = BookingState::ALL.iter().map(|state| booking(*state, None)).collect();
    add(
        "list",
        html(|| view! { <BookingsView bookings=bookings now=NOW /> }.into_any()),
    );
    add(
        "none",
        html(|| view! { <BookingsView bookings=vec![] now=NOW /> }.into_any()),
    );
    all
}

#[test]
fn an_offer_has_its_end_and_two_buttons() {
    let pages = pages();
    let page = |name: &str| &pages.iter().find(|(known, _)| known == name).expect("a page").1;
    let offer = page("booking-offered-");
    assert!(offer.contains("给您留到") && offer.contains("value=\"accept\"") && offer.contains("value=\"decline\""));
    let moved = page("booking-booked-moved");
    assert!(moved.contains("value=\"keep\"") && moved.contains("value=\"cancel\""));
    let dropped = page("booking-dropped-alternatives");
    let letter = "href=\"/write?booking=";
    assert!(dropped.contains("/receptions/r-2/book?instead=dropped") && dropped.contains(letter));
    assert!(!page("booking-dropped-").contains(letter), "settled");
    assert!(page("booking-full").contains("2 人排队") && page("booking-full").contains("value=\"wait\""));
}
