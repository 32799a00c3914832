//! China's public holidays as announced, for the demo district and as a start for a new station.

use super::date::Date;
use super::work::WorkCalendar;

/// Days off and make-up days of one year, each as (month, day) to (month, day).
struct Notice {
    year: i32,
    off: &'static [(MonthDay, MonthDay)],
    worked: &'static [MonthDay],
}

type MonthDay = (u8, u8);

/// 国务院办公厅关于2025年部分节假日安排的通知 (2024-11-12) and …2026年… (2025-11-04). For 2027 only the days off that the
/// regulation 全国年节及纪念日放假办法 itself names; its make-up days were not announced when this was written, so a
/// station enters them in its calendar.
const NOTICES: &[Notice] = &[
    Notice {
        year: 2025,
        off: &[
            ((1, 1), (1, 1)),
            ((1, 28), (2, 4)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((5, 31), (6, 2)),
            ((10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Notice {
        year: 2026,
        off: &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
    Notice {
        year: 2027,
        off: &[
            ((1, 1), (1, 1)),
            ((2, 5), (2, 8)),
            ((4, 5), (4, 5)),
            ((5, 1), (5, 2)),
            ((6, 9), (6, 9)),
            ((9, 15), (9, 15)),
            ((10, 1), (10, 3)),
        ],
        worked: &[],
    },
];

/// The calendar every first start has: 2025 and 2026 as announced, 2027 by the regulation.
pub fn demo_calendar() -> WorkCalendar {
    let mut calendar = WorkCalendar::default();
    for notice in NOTICES {
        for (first, last) in notice.off {
            let (Some(first), Some(last)) = (
                Date::new(notice.year, first.0, first.1),
                Date::new(notice.year, last.0, last.1),
            ) else {
                continue;
            };
            calendar
                .holidays
                .extend((first.day_number()..=last.day_number()).map(Date::from_day_number));
        }
        calendar.make_up_days.extend(
            notice
                .worked
                .iter()
                .filter_map(|(month, day)| Date::new(notice.year, *month, *day)),
        );
    }
    calendar
}
