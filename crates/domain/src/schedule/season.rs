//! What residents ask about more at some time of the year, and whose knowledge fits it: a hint for whoever plans, never more.

use crate::calendar::Date;

/// A time of the year in which one kind of matter comes up more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// 招生入学前: May to August.
    Enrolment,
    /// 台风和汛期: July to September. August is enrolment's too, which comes first.
    Storms,
    /// 岁末年初: December and January, wages and winter's dangers.
    YearEnd,
}

impl Season {
    /// Every season, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Enrolment, Self::Storms, Self::YearEnd];

    /// As it stands in data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::Storms => "storms",
            Self::YearEnd => "year_end",
        }
    }

    /// Whether a month belongs to it.
    pub const fn has_month(self, month: u8) -> bool {
        match self {
            Self::Enrolment => matches!(month, 5..=8),
            Self::Storms => matches!(month, 7..=9),
            Self::YearEnd => matches!(month, 12 | 1),
        }
    }

    /// What one should know about: words in an area of knowledge as deputies name theirs.
    const fn knowledge(self) -> &'static [&'static str] {
        match self {
            Self::Enrolment => &["教育", "托管", "托育", "校门口", "心理", "青少年"],
            Self::Storms => &["海洋", "渔港", "排水", "防汛", "海岸", "房屋安全"],
            Self::YearEnd => &["劳动", "就业", "法律", "消防", "用电"],
        }
    }

    /// The first area of somebody's knowledge that fits.
    pub fn fits(self, expertise: &[String]) -> Option<&str> {
        expertise
            .iter()
            .find(|area| self.knowledge().iter().any(|word| area.contains(word)))
            .map(String::as_str)
    }

    /// The seasons a day belongs to.
    pub fn of(day: Date) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |season| season.has_month(day.month))
    }
}

/// Why somebody would fit a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which of those who could come, by their place in the list.
    pub who: usize,
    pub season: Season,
    /// What they know.
    pub area: String,
}

/// Who of `candidates` (what each of them knows) would fit a day; nobody when somebody who fits receives already, or the
/// day lies in no season. At most three.
pub fn suggest(day: Date, receiving: &[&[String]], candidates: &[&[String]]) -> Vec<Suggestion> {
    Season::of(day)
        .find_map(|season| {
            if receiving.iter().any(|expertise| season.fits(expertise).is_some()) {
                return None;
            }
            let fitting: Vec<Suggestion> = candidates
                .iter()
                .enumerate()
                .filter_map(|(who, expertise)| {
                    let area = season.fits(expertise)?.to_owned();
                    Some(Suggestion { who, season, area })
                })
                .take(3)
                .collect();
            (!fitting.is_empty()).then_some(fitting)
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn before_enrolment_those_who_know_schools_are_named_with_the_reason() {
        let (teacher, lawyer) = (vec!["教育".to_owned(), "阅读".to_owned()], vec!["法律".to_owned()]);
        let found = suggest(day("2027-06-10"), &[&lawyer], &[&lawyer, &teacher]);
        let expected = Suggestion {
            who: 1,
            season: Season::Enrolment,
            area: "教育".to_owned(),
        };
        assert_eq!(found, [expected]);
        assert!(
            suggest(day("2027-06-10"), &[&teacher], &[&lawyer]).is_empty(),
            "somebody who fits is there"
        );
        assert!(
            suggest(day("2027-03-10"), &[], &[&teacher, &lawyer]).is_empty(),
            "no season"
        );
    }

    #[test]
    fn when_nobody_fits_the_first_season_of_a_day_the_next_is_asked() {
        let fisher = vec!["渔港安全".to_owned()];
        let found = suggest(day("2027-08-05"), &[], &[&fisher]);
        assert_eq!(found.first().map(|found| found.season), Some(Season::Storms));
    }
}
