//! Data to draw pages of.

use liaison_domain::Millis;
use liaison_domain::dto::*;
use liaison_domain::lifecycle::*;
use liaison_domain::reception::{Mode, SessionKind, SessionState};

use crate::views::UnitsStep;

/// 2026-09-11 14:05 in China, a Friday.
pub const NOW: Millis = 1_789_106_700_000;
pub const DAY: Millis = 86_400_000;

pub fn config() -> AppConfig {
    AppConfig {
        name: "听海区网上代表联络站".into(),
        district: "听海区".into(),
        phone: "0000-1234567".into(),
        phone_hours: "工作日 8:30–17:30".into(),
        demo: true,
        build: "test".into(),
        limits: FormLimits {
            body_min: 10,
            body_max: 2000,
            title_max: 50,
            photos_max: 9,
            photo_bytes_max: 20_000_000,
            draft_days: 30,
            voice_seconds_max: 60,
            voice_bytes_max: 12_000_000,
            video_bytes_max: 50_000_000,
        },
    }
}

pub fn deputy() -> DeputyCard {
    DeputyCard {
        id: "d1".into(),
        slug: "lu-zhiyao".into(),
        name: "陆知遥".into(),
        kind: "npc".into(),
        levels: vec!["district".into(), "city".into()],
        constituency: "听海区第 12 选区".into(),
        occupation: "小学校长".into(),
        expertise: vec!["教育".into(), "托管".into()],
        photo: None,
        tile: 3,
        station_name: "云帆街道人大代表联络站".into(),
        station_slug: "yunfan".into(),
        status: "active".into(),
        next_reception: Some("2026-09-24".into()),
        answered: 12,
    }
}

pub fn station() -> StationCard {
    StationCard {
        id: "s1".into(),
        slug: "yunfan".into(),
        name: "云帆街道人大代表联络站".into(),
        kind: "代表联络站".into(),
        area_id: "a1".into(),
        area_name: "云帆街道".into(),
        address: "云帆街道银杏路 18 号一楼".into(),
        phone: "0000-1234568".into(),
        opening: "工作日 9:00–17:00".into(),
        reception_text: "每月第二、第四个星期四 14:30–17:00".into(),
        next_reception: Some("2026-09-24".into()),
        deputies: 8,
        lng: 120.0,
        lat: 30.0,
    }
}

pub fn area() -> Area {
    Area {
        id: "a1".into(),
        level: "street".into(),
        code: "yunfan".into(),
        name: "云帆街道".into(),
        parent_id: None,
    }
}

pub fn community() -> Area {
    Area {
        id: "a2".into(),
        level: "community".into(),
        code: "yunfan-1".into(),
        name: "船坞里社区".into(),
        parent_id: Some("a1".into()),
    }
}

pub fn categories() -> Vec<Category> {
    let one = |id: &str, slug: &str, name: &str, parent: Option<&str>| Category {
        id: id.into(),
        slug: slug.into(),
        name: name.into(),
        parent_id: parent.map(Into::into),
        stopper: None,
        emergency: None,
    };
    vec![
        one("c1", "housing", "住房物业", None),
        one("c2", "housing.lift", "电梯", Some("c1")),
        one("c3", "traffic", "交通出行", None),
        one("c4", "traffic.light", "路灯", Some("c3")),
    ]
}

pub fn options() -> WriteOptions {
    WriteOptions {
        categories: categories(),
        areas: vec![area(), community()],
        stations: vec![station()],
        deputies: vec![
            deputy(),
            DeputyCard {
                slug: "gu".into(),
                name: "顾承远".into(),
                ..deputy()
            },
        ],
    }
}

pub fn case_card() -> CaseCard {
    CaseCard {
        no: "TH-2026-004213".into(),
        title: "船坞里 3 幢地下车库一下雨就积水".into(),
        kind: LetterKind::Help,
        category_name: "漏水".into(),
        area_name: "云帆街道".into(),
        state: CaseState::Closed,
        outcome: Some(Outcome::A),
        promise_date: None,
        submitted_at: NOW - 30 * DAY,
        answered_at: Some(NOW - 4 * DAY),
        deputy_name: Some("陆知遥".into()),
        unit_name: Some("区住建局".into()),
        answer_by: "区住建局".into(),
        answer_excerpt: "车库入口的截水沟已经重做，两台水泵也换了新的，上周三的大雨里没有再进水，请您再看看。".into(),
        joined: 0,
    }
}

pub fn figures() -> Figures {
    Figures {
        accepted: 198,
        answered: 171,
        answer_due: 180,
        rated: 96,
        satisfied: 83,
        solved_asked: 90,
        solved: 71.5,
        median_days: Some(9.0),
    }
}

pub fn home() -> HomePage {
    HomePage {
        stations: vec![station()],
        next_receptions: vec![ReceptionHint {
            id: "r-1".into(),
            date: "2026-09-24".into(),
            time: "14:30–17:00".into(),
            station_name: "云帆街道人大代表联络站".into(),
            station_slug: "yunfan".into(),
            deputies: vec![
                deputy(),
                DeputyCard {
                    name: "顾承远".into(),
                    tile: 1,
                    ..deputy()
                },
            ],
        }],
        just_answered: vec![
            case_card(),
            CaseCard {
                title: "学府路晚上路灯不亮".into(),
                state: CaseState::Tracking,
                ..case_card()
            },
        ],
        figures: figures(),
    }
}

pub fn event(seq: i64, kind: EventKind, role: Role, name: Option<&str>, text: Option<&str>) -> CaseEventView {
    CaseEventView {
        seq,
        at: NOW - (10 - seq) * DAY,
        kind,
        by_role: role,
        by_name: name.map(Into::into),
        to_state: CaseState::InProgress,
        text: text.map(Into::into),
        date: None,
        about: (kind == EventKind::Assign).then(|| "区住建局".into()),
        internal: false,
        pictures: Vec::new(),
    }
}

pub fn timeline() -> Vec<CaseEventView> {
    vec![
        event(1, EventKind::Submit, Role::Resident, None, None),
        event(2, EventKind::Accept, Role::StationOfficer, Some("云帆街道联络站"), None),
        event(3, EventKind::Assign, Role::StationOfficer, Some("云帆街道联络站"), None),
        event(4, EventKind::Sign, Role::UnitOfficer, Some("区住建局"), None),
        event(
            5,
            EventKind::ProgressNote,
            Role::UnitOfficer,
            Some("区住建局"),
            Some("已到现场看过，水泵要换，正在采购。"),
        ),
    ]
}

pub fn answer() -> AnswerView {
    AnswerView {
        round: 1,
        at: NOW - DAY,
        body: "车库入口的截水沟已经重做。\n两台水泵也换了新的。".into(),
        outcome: Outcome::A,
        promise_date: None,
        reason: None,
        contact: Some("区住建局物业科 0000-7654321".into()),
        by_name: "区住建局".into(),
        deputy: Some(deputy()),
        words: Some("我周三下雨时去看过，没有再进水。".into()),
        rating: None,
        score: None,
        deputy_rating: None,
        pictures: vec![picture()],
    }
}

pub fn picture() -> PictureRef {
    PictureRef {
        id: "p1".into(),
        url: "/api/v1/files/p1".into(),
        thumb_url: "/api/v1/files/p1/thumb".into(),
        width: 800,
        height: 600,
        alt: String::new(),
    }
}

pub fn case(state: CaseState) -> CaseView {
    CaseView {
        id: "m1".into(),
        no: "TH-2026-004213".into(),
        version: 5,
        title: "船坞里 3 幢地下车库一下雨就积水".into(),
        body: "从六月开始，一下大雨车库就进水。\n希望把水泵修好。".into(),
        kind: LetterKind::Help,
        urgency: Urgency::Normal,
        category_name: Some("漏水".into()),
        area_name: Some("船坞里社区".into()),
        place: Some("3 幢地下车库入口".into()),
        media: Vec::new(),
        pictures: vec![picture()],
        state,
        submitted_at: NOW - 9 * DAY,
        due_at: Some(NOW + 6 * DAY),
        holder: HolderView {
            kind: HolderKind::Unit,
            name: Some("区住建局".into()),
            since: NOW - 6 * DAY,
            due: Some(NOW + 3 * DAY),
            paused: false,
        },
        elapsed: vec![
            ElapsedPart {
                kind: HolderKind::Office,
                name: Some("云帆街道联络站".into()),
                held: 2 * DAY,
            },
            ElapsedPart {
                kind: HolderKind::Unit,
                name: Some("区住建局".into()),
                held: 6 * DAY,
            },
        ],
        next: NextStepView {
            code: "reply".into(),
            by: Some(NOW + 3 * DAY),
        },
        timeline: timeline(),
        answers: vec![answer()],
        to_name: "陆知遥".into(),
        station_name: "云帆街道人大代表联络站".into(),
        station_phone: "0000-1234568".into(),
        question: Some("积水大约有多深？最近一次是哪天？".into()),
        follow_up_due: None,
        merged_into: None,
        parts: Vec::new(),
        author_left: false,
        rated: false,
        follow_ups: Vec::new(),
        terms: AuthorTerms {
            urges_left: Some(2),
            appeal_until: Some(NOW + 10 * DAY),
            appeal_by: Some(NOW + 5 * DAY),
            unmerge_until: Some(NOW + 4 * DAY),
            rate_until: Some(NOW + 12 * DAY),
            follow_up_by: Some(NOW + 7 * DAY),
            ..AuthorTerms::default()
        },
        allowed_events: vec![
            EventKind::FollowUp,
            EventKind::InfoGiven,
            EventKind::Supplement,
            EventKind::Urge,
            EventKind::Withdraw,
            EventKind::Appeal,
            EventKind::Unmerge,
            EventKind::ConsentChanged,
            EventKind::CopyApproved,
        ],
        rate_token: Some("tok".into()),
        promise_date: None,
        publication: PublicationState::Pending,
        consent_publish: true,
        origin: None,
        extra: None,
        copy: Some(PublicCopy {
            title: "地下车库一下雨就积水".into(),
            body: "从六月开始，一下大雨车库就进水。".into(),
            answer: "截水沟已经重做。".into(),
            attachments: Vec::new(),
        }),
    }
}

pub fn survey() -> SurveyView {
    SurveyView {
        no: "TH-2026-004213".into(),
        title: "船坞里 3 幢地下车库一下雨就积水".into(),
        body: "从六月开始，一下大雨车库就进水。".into(),
        place: Some("3 幢地下车库入口".into()),
        pictures: vec![picture()],
        answer: answer(),
        open_until: NOW + 12 * DAY,
        rated: None,
        state: CaseState::Answered,
        terms: AuthorTerms {
            rate_until: Some(NOW + 12 * DAY),
            ..AuthorTerms::default()
        },
    }
}

pub fn receipt() -> Receipt {
    Receipt {
        id: "m1".into(),
        no: "TH-2026-004213".into(),
        code: "7K2M-9QXD-4TPA".into(),
        submitted_at: NOW,
        accept_by: NOW + 4 * DAY,
        station_name: "云帆街道人大代表联络站".into(),
        station_phone: "0000-1234568".into(),
        to_name: "陆知遥".into(),
        state: CaseState::Submitted,
    }
}

/// An entry of an inbox.
pub fn notice(kind: &str, read: bool) -> NoticeRow {
    NoticeRow {
        id: format!("n-{kind}"),
        kind: kind.into(),
        at: NOW - DAY,
        read,
        letter_id: "l-1".into(),
        no: "TH-2026-004213".into(),
        subject: None,
        title: "电梯停了三天".into(),
        unread_of_letter: 2,
    }
}

/// Every step of moving a unit's duties, with a page's name.
pub fn units_steps() -> Vec<(&'static str, UnitsStep)> {
    let duties = |matters| UnitDuties {
        matters,
        handed_down: 1,
        categories: 4,
        accounts: 2,
        templates: 0,
        successor_id: None,
    };
    let moved = DutiesMoved {
        tasks: 12,
        categories: 4,
        accounts: 2,
    };
    vec![
        ("units-choose", UnitsStep::Choose),
        ("units-confirm", UnitsStep::Confirm(duties(12))),
        ("units-left", UnitsStep::Moved(moved.clone(), duties(1))),
        (
            "units-moved",
            UnitsStep::Moved(
                moved,
                UnitDuties {
                    handed_down: 0,
                    ..duties(0)
                },
            ),
        ),
    ]
}

/// One that was announced, and one that was cancelled.
pub fn receptions() -> Vec<ReceptionCard> {
    let card = ReceptionCard {
        id: "r-1".into(),
        title: String::new(),
        kind: SessionKind::Themed,
        state: SessionState::Announced,
        topic: "加装电梯".into(),
        date: "2026-09-24".into(),
        starts_at: NOW + 13 * DAY,
        ends_at: NOW + 13 * DAY + DAY / 10,
        station_name: "云帆街道人大代表联络站".into(),
        station_slug: "yunfan".into(),
        place: "云帆街道银杏路 18 号".into(),
        goes_out: false,
        deputies: vec![ReceptionDeputy {
            card: deputy(),
            instead_of: Some("顾承远".into()),
        }],
        cancel_reason: None,
        bookable: true,
        free: 2,
        version: 2,
    };
    let off = ReceptionCard {
        id: "r-2".into(),
        kind: SessionKind::Ordinary,
        state: SessionState::Cancelled,
        topic: String::new(),
        cancel_reason: Some("台风".into()),
        bookable: false,
        free: 0,
        ..card.clone()
    };
    vec![card, off]
}

pub fn reception_detail() -> ReceptionDetail {
    ReceptionDetail {
        card: receptions().swap_remove(0),
        station: station(),
        notice: "请带上房产证复印件。".into(),
        modes: vec![Mode::OnSite, Mode::Phone],
        rule: Some("每月第二周的星期四 14:30–17:00".into()),
        reading: Some("这里按周数算。".into()),
        slots: [0, 1, 2]
            .map(|n| ReceptionSlot {
                starts_at: NOW + 13 * DAY + n * 900_000,
                deputy: Some(deputy().slug),
                free: u32::from(n != 1),
            })
            .to_vec(),
        closes_at: NOW + 12 * DAY,
    }
}

pub fn place_photo(id: &str) -> PlacePhoto {
    PlacePhoto {
        id: id.into(),
        url: format!("/api/v1/photos/{id}/full"),
        middle_url: format!("/api/v1/photos/{id}/middle"),
        thumb_url: format!("/api/v1/photos/{id}/thumb"),
        width: 1600,
        height: 1200,
        alt: "站门口，台阶左边有坡道".into(),
    }
}
