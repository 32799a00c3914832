//! The letter form (写给代表).

use super::rules::{LetterLimits, error, length};
use crate::dto::{FieldError, NewLetter};
use crate::lifecycle::NameShown;
use crate::numbers::normalise_phone;

/// A voice and a video.
const MEDIA_MAX: u32 = 2;

/// One field of the form: its name as in the request, and what is wrong with it.
pub struct LetterField {
    pub name: &'static str,
    check: fn(&NewLetter, &LetterLimits) -> Option<FieldError>,
}

/// The form, in the order of its pages.
pub static LETTER_FIELDS: &[LetterField] = &[
    LetterField {
        name: "body",
        // Whoever speaks need not write, and who joins a matter says as little as they like: its words stand there
        // already.
        check: |letter, limits| {
            let min = if !letter.media.is_empty() {
                0
            } else if letter.extra.join.is_some() {
                1
            } else {
                limits.body_min
            };
            length("body", &letter.body, min, limits.body_max)
        },
    },
    LetterField {
        name: "title",
        check: |letter, limits| {
            length(
                "title",
                letter.title.as_deref().unwrap_or_default(),
                0,
                limits.title_max,
            )
        },
    },
    LetterField {
        name: "attachments",
        check: attachments,
    },
    LetterField {
        name: "media",
        check: media,
    },
    LetterField {
        name: "category",
        check: |letter, _| slug("category", letter.category.as_deref()),
    },
    LetterField {
        name: "area",
        check: |letter, _| slug("area", letter.area.as_deref()),
    },
    LetterField {
        name: "place",
        check: |letter, limits| {
            length(
                "place",
                letter.place.as_deref().unwrap_or_default(),
                0,
                limits.place_max,
            )
        },
    },
    LetterField {
        name: "deputy",
        check: |letter, _| slug("deputy", letter.deputy.as_deref()),
    },
    LetterField {
        name: "station",
        check: recipient,
    },
    LetterField {
        name: "name",
        check: name,
    },
    LetterField {
        name: "spot",
        check: |letter, _| {
            let spot = letter.extra.spot.as_ref()?;
            spot.point().is_none().then(|| error("spot", "invalid", None))
        },
    },
    LetterField {
        name: "helper_name",
        check: |letter, limits| {
            let helper = letter.extra.helper.as_ref()?;
            length("helper_name", &helper.name, 1, limits.name_max)
        },
    },
    LetterField {
        name: "helper_relation",
        check: |letter, limits| {
            let helper = letter.extra.helper.as_ref()?;
            length("helper_relation", &helper.relation, 1, limits.name_max)
        },
    },
    LetterField {
        name: "helper_phone",
        check: |letter, _| {
            let phone = letter.extra.helper.as_ref()?.phone.as_deref()?;
            let wrong = !phone.trim().is_empty() && normalise_phone(phone).is_none();
            wrong.then(|| error("helper_phone", "invalid", None))
        },
    },
];

/// Everything that is wrong with a letter, in the order of the form; empty when it may be sent. Whether slugs and
/// uploads exist, only the server knows (`unknown`).
pub fn check_letter(letter: &NewLetter, limits: &LetterLimits) -> Vec<FieldError> {
    LETTER_FIELDS
        .iter()
        .filter_map(|field| (field.check)(letter, limits))
        .collect()
}

/// What is wrong with one field, for the page that asks for it.
pub fn check_letter_field(name: &str, letter: &NewLetter, limits: &LetterLimits) -> Option<FieldError> {
    LETTER_FIELDS
        .iter()
        .find(|field| field.name == name)
        .and_then(|field| (field.check)(letter, limits))
}

/// A deputy or a station; with a deputy the station follows.
fn recipient(letter: &NewLetter, _: &LetterLimits) -> Option<FieldError> {
    let given = |slug: &Option<String>| slug.as_deref().is_some_and(|slug| !slug.trim().is_empty());
    // A letter that joins another goes where that one is.
    if letter.extra.join.is_none() && !given(&letter.deputy) && !given(&letter.station) {
        return Some(error("station", "required", None));
    }
    slug("station", letter.station.as_deref())
}

/// Not more than so many, and none twice.
fn attachments(letter: &NewLetter, limits: &LetterLimits) -> Option<FieldError> {
    let list = &letter.attachments;
    if list.len() > limits.photos_max as usize {
        return Some(error("attachments", "too_many", Some(limits.photos_max)));
    }
    let wrong = list
        .iter()
        .enumerate()
        .position(|(at, id)| id.trim().is_empty() || list[..at].contains(id));
    wrong.map(|at| error(&["attachments.", &at.to_string()].concat(), "invalid", None))
}

/// A voice and a video at most, and none twice. Which is which, only the server knows.
fn media(letter: &NewLetter, _: &LetterLimits) -> Option<FieldError> {
    let list = &letter.media;
    if list.len() > MEDIA_MAX as usize {
        return Some(error("media", "too_many", Some(MEDIA_MAX)));
    }
    let wrong = list
        .iter()
        .enumerate()
        .position(|(at, id)| id.trim().is_empty() || list[..at].contains(id));
    wrong.map(|at| error(&["media.", &at.to_string()].concat(), "invalid", None))
}

/// Needed only where it is to be shown in public.
fn name(letter: &NewLetter, limits: &LetterLimits) -> Option<FieldError> {
    let min = u32::from(letter.name_shown == NameShown::Public);
    length("name", letter.name.as_deref().unwrap_or_default(), min, limits.name_max)
}

/// Letters, digits, dots, dashes and underscores, up to 80; nothing is fine too.
fn slug(field: &str, slug: Option<&str>) -> Option<FieldError> {
    let slug = slug.unwrap_or_default().trim();
    let fits = slug.len() <= 80
        && slug
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    (!fits).then(|| error(field, "invalid", None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{Helper, HelperConsent, LetterExtra, Spot};
    use crate::form::char_count;
    use crate::geo::Coordinates;
    use crate::lifecycle::LetterKind;

    fn letter() -> NewLetter {
        NewLetter {
            title: None,
            body: "路灯坏了三天,晚上很黑。".to_owned(),
            kind: LetterKind::Help,
            category: None,
            category_by_resident: false,
            area: None,
            place: None,
            deputy: Some("lu-zhiyao".to_owned()),
            station: None,
            attachments: Vec::new(),
            media: Vec::new(),
            name: None,
            name_shown: NameShown::Hidden,
            consent_publish: false,
            instead_of: None,
            extra: LetterExtra::default(),
        }
    }

    fn codes(letter: &NewLetter) -> Vec<(String, String, Option<u64>)> {
        check_letter(letter, &LetterLimits::default())
            .into_iter()
            .map(|e| (e.field, e.code, e.limit))
            .collect()
    }

    fn one(field: &str, code: &str, limit: Option<u64>) -> Vec<(String, String, Option<u64>)> {
        vec![(field.to_owned(), code.to_owned(), limit)]
    }

    #[test]
    fn a_letter_needs_words_and_a_recipient_and_nothing_else() {
        assert_eq!(codes(&letter()), vec![], "a short letter to a deputy can be sent");
        assert_eq!(
            codes(&NewLetter {
                body: "  \n ".to_owned(),
                ..letter()
            }),
            one("body", "required", None)
        );
        assert_eq!(
            codes(&NewLetter {
                deputy: Some(String::new()),
                ..letter()
            }),
            one("station", "required", None)
        );
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert_eq!(
            codes(&NewLetter {
                body: "路灯坏了三天晚上".to_owned(),
                ..letter()
            }),
            one("body", "too_short", Some(10))
        );
        assert_eq!(
            codes(&NewLetter {
                body: "灯".repeat(10),
                ..letter()
            }),
            vec![]
        );
        assert_eq!(
            codes(&NewLetter {
                body: "灯".repeat(2000),
                ..letter()
            }),
            vec![]
        );
        assert_eq!(
            codes(&NewLetter {
                body: "灯".repeat(2001),
                ..letter()
            }),
            one("body", "too_long", Some(2000))
        );
        assert_eq!(
            codes(&NewLetter {
                title: Some("灯".repeat(51)),
                ..letter()
            }),
            one("title", "too_long", Some(50))
        );
        assert_eq!(char_count(" a\r\nb "), 3);
    }

    #[test]
    fn nine_pictures_and_none_twice() {
        let pictures = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>();
        assert_eq!(
            codes(&NewLetter {
                attachments: pictures(9),
                ..letter()
            }),
            vec![]
        );
        assert_eq!(
            codes(&NewLetter {
                attachments: pictures(10),
                ..letter()
            }),
            one("attachments", "too_many", Some(9))
        );
        let twice = vec!["a".to_owned(), "b".to_owned(), "a".to_owned()];
        assert_eq!(
            codes(&NewLetter {
                attachments: twice,
                ..letter()
            }),
            one("attachments.2", "invalid", None)
        );
    }

    #[test]
    fn whoever_speaks_need_not_write() {
        let spoken = NewLetter {
            body: String::new(),
            media: vec!["voice".to_owned()],
            ..letter()
        };
        assert_eq!(codes(&spoken), vec![]);
        let few = NewLetter {
            body: "请听录音".to_owned(),
            ..spoken.clone()
        };
        assert_eq!(codes(&few), vec![], "a few words are fine as well");
        let long = NewLetter {
            body: "灯".repeat(2001),
            ..spoken.clone()
        };
        assert_eq!(codes(&long), one("body", "too_long", Some(2000)));
        let ids = |list: &[&str]| list.iter().map(|id| (*id).to_owned()).collect();
        let many = NewLetter {
            media: ids(&["a", "b", "c"]),
            ..spoken.clone()
        };
        assert_eq!(codes(&many), one("media", "too_many", Some(2)));
        let twice = NewLetter {
            media: ids(&["a", "a"]),
            ..spoken
        };
        assert_eq!(codes(&twice), one("media.1", "invalid", None));
    }

    #[test]
    fn a_name_is_needed_only_to_be_shown() {
        assert_eq!(
            codes(&NewLetter {
                name_shown: NameShown::ToHandlers,
                ..letter()
            }),
            vec![]
        );
        assert_eq!(
            codes(&NewLetter {
                name_shown: NameShown::Public,
                ..letter()
            }),
            one("name", "required", None)
        );
    }

    #[test]
    fn who_joins_a_matter_needs_no_recipient_and_few_words() {
        let joining = NewLetter {
            body: "我家也是".to_owned(),
            deputy: None,
            extra: LetterExtra {
                join: Some("TH-2026-000001".to_owned()),
                ..LetterExtra::default()
            },
            ..letter()
        };
        assert_eq!(codes(&joining), vec![]);
        let silent = NewLetter {
            body: " ".to_owned(),
            ..joining
        };
        assert_eq!(codes(&silent), one("body", "required", None));
    }

    #[test]
    fn a_helper_says_who_they_are_and_a_place_is_on_the_earth() {
        let with = |extra: LetterExtra| codes(&NewLetter { extra, ..letter() });
        let helper = Helper {
            name: "小陈".to_owned(),
            relation: "网格员".to_owned(),
            phone: Some("199-0000-0001".to_owned()),
            consent: HelperConsent::Present,
        };
        let with_helper = |helper: Helper| {
            with(LetterExtra {
                helper: Some(helper),
                ..LetterExtra::default()
            })
        };
        assert_eq!(with_helper(helper.clone()), vec![]);
        let nobody = Helper {
            name: String::new(),
            relation: String::new(),
            phone: Some("12".to_owned()),
            ..helper
        };
        let fields: Vec<String> = with_helper(nobody).into_iter().map(|(field, _, _)| field).collect();
        assert_eq!(fields, ["helper_name", "helper_relation", "helper_phone"]);
        let spot = |lng: f64| {
            with(LetterExtra {
                spot: Some(Spot {
                    lng,
                    lat: 27.5,
                    coordinates: Coordinates::Wgs84,
                }),
                ..LetterExtra::default()
            })
        };
        assert_eq!(spot(123.4), vec![]);
        assert_eq!(spot(181.0), one("spot", "invalid", None));
    }

    #[test]
    fn several_errors_come_in_the_order_of_the_form() {
        let wrong = NewLetter {
            body: String::new(),
            deputy: None,
            place: Some("近".repeat(101)),
            category: Some("路灯".to_owned()),
            ..letter()
        };
        let fields: Vec<String> = codes(&wrong).into_iter().map(|(field, _, _)| field).collect();
        assert_eq!(fields, ["body", "category", "place", "station"]);
    }
}
