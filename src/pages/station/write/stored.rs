//! The draft as this device keeps it: JSON that an older or newer app can still read.

use liaison_domain::Millis;
use liaison_domain::dto::{DraftPhoto, KeptLetterDraft, LetterDraft, Receipt};
use liaison_domain::lifecycle::{LetterKind, NameShown};
use serde::Serialize;

use crate::i18n::zh;
use crate::views::form::{Challenge, FormExtra, LetterForm, PhoneForm, PhotoItem, PhotoState};

/// The draft as it is stored.
#[derive(Serialize)]
pub struct Stored {
    pub saved_at: Millis,
    pub step: String,
    /// The key of the submission that was begun; the same letter is never sent under two.
    pub key: Option<String>,
    pub body: String,
    pub title: String,
    pub kind: Option<LetterKind>,
    pub category: String,
    pub category_by_resident: bool,
    pub area: String,
    pub place: String,
    pub deputy: String,
    pub station: String,
    pub name: String,
    pub name_shown: Option<NameShown>,
    pub consent: Option<bool>,
    pub phone: String,
    pub photos: Vec<StoredPhoto>,
    pub voice: Option<StoredPhoto>,
    pub video: Option<StoredPhoto>,
    pub challenge: Option<StoredChallenge>,
    pub extra: Option<FormExtra>,
    /// On its way: it was told to go, and goes by itself.
    pub out: Option<Out>,
}

/// A photo of it; the picture itself lies beside it.
#[derive(Serialize)]
pub struct StoredPhoto {
    pub key: String,
    pub name: String,
    pub id: String,
    pub token: String,
}

/// A code that was asked for.
#[derive(Serialize)]
pub struct StoredChallenge {
    pub id: String,
    pub phone_masked: String,
    pub demo_code: Option<String>,
}

/// A letter that was told to go.
#[derive(Serialize)]
pub struct Out {
    /// When it was told to.
    pub at: Millis,
    /// The request, letter for letter: repeated under the same key it must be the same.
    pub body: String,
    /// Who sent it: it goes in nobody else's name. Empty before the phone is verified.
    pub account: String,
    /// The code as typed, when not even that got through.
    pub code: String,
    /// `waiting`, `code` (the phone has to be verified), `refused` (it has to be changed) or `sent`.
    pub state: String,
    /// Why it was refused.
    pub problem: String,
    /// Not tried again before.
    pub next: Millis,
    pub tries: u32,
    /// Filed: number and query code, until they were looked at.
    pub receipt: Option<Receipt>,
    /// The receipt was shown.
    pub seen: bool,
}

liaison_domain::wire!(
    Stored {
        saved_at, step, key, body, title, kind, category, category_by_resident, area, place, deputy, station, name, name_shown,
        consent, phone, photos, voice, video, challenge, extra, out,
    }
    StoredPhoto { key, name, id, token }
    StoredChallenge { id, phone_masked, demo_code }
    Out { at, body, account, code, state, problem, next, tries, receipt, seen }
);

impl Out {
    /// Told to go now.
    pub fn new(body: String, account: String, code: String, at: Millis) -> Self {
        Self {
            at,
            body,
            account,
            code,
            state: "waiting".to_owned(),
            problem: String::new(),
            next: 0,
            tries: 0,
            receipt: None,
            seen: false,
        }
    }
}

impl Stored {
    /// Whether both hold the same, whenever they were kept and whatever question their writer was at.
    pub fn says_the_same(&self, other: &Self) -> bool {
        fn words(of: &Stored) -> [&str; 8] {
            [
                &of.body,
                &of.title,
                &of.category,
                &of.area,
                &of.place,
                &of.deputy,
                &of.station,
                &of.name,
            ]
        }
        let files = |of: &Self| {
            let all = of.photos.iter().chain(&of.voice).chain(&of.video);
            all.map(|file| file.key.clone()).collect::<Vec<_>>()
        };
        let choices = |of: &Self| (of.kind, of.name_shown, of.consent);
        words(self) == words(other)
            && files(self) == files(other)
            && choices(self) == choices(other)
            && self.extra == other.extra
    }

    /// What is worth keeping of a form and its phone.
    pub fn of(form: LetterForm, phone: PhoneForm, step: String, key: Option<String>, saved_at: Millis) -> Self {
        Self {
            saved_at,
            step,
            key,
            body: form.body,
            title: form.title,
            kind: form.kind,
            category: form.category,
            category_by_resident: form.category_by_resident,
            area: form.area,
            place: form.place,
            deputy: form.deputy,
            station: form.station,
            name: form.name,
            name_shown: Some(form.name_shown),
            consent: form.consent,
            phone: phone.phone,
            extra: Some(form.extra),
            photos: form.photos.into_iter().map(to_stored_photo).collect(),
            voice: form.voice.map(to_stored_photo),
            video: form.video.map(to_stored_photo),
            challenge: phone.challenge.map(|challenge| StoredChallenge {
                id: challenge.id,
                phone_masked: challenge.phone_masked,
                demo_code: challenge.demo_code,
            }),
            out: None,
        }
    }

    /// The words and choices alone: nothing that says who writes, no secret. Fit to lie open for a moment.
    #[must_use]
    pub fn words_only(mut self) -> Self {
        self.key = None;
        self.name.clear();
        self.phone.clear();
        for photo in self.photos.iter_mut().chain(&mut self.voice).chain(&mut self.video) {
            photo.name.clear();
            photo.id.clear();
            photo.token.clear();
        }
        self.challenge = None;
        self.out = None;
        if let Some(extra) = &mut self.extra {
            extra.helper_name.clear();
            extra.helper_phone.clear();
            extra.spot = None;
        }
        self
    }

    /// With newer words that were kept in a hurry ([`Self::words_only`]), if they are newer. The time stays that of what was
    /// kept with care: another one there would be another tab's work.
    #[must_use]
    pub fn with_last(mut self, mut last: Self) -> Self {
        if last.saved_at <= self.saved_at || self.out.is_some() {
            return self;
        }
        let mut known = std::mem::take(&mut self.photos);
        let photos = std::mem::take(&mut last.photos).into_iter();
        let photos = photos.map(|photo| {
            let at = known.iter().position(|known| known.key == photo.key);
            at.map_or(photo, |at| known.swap_remove(at))
        });
        let mut extra = last.extra.take();
        if let (Some(extra), Some(kept)) = (&mut extra, self.extra) {
            extra.helper_name = kept.helper_name;
            extra.helper_phone = kept.helper_phone;
            extra.spot = kept.spot;
        }
        Self {
            saved_at: self.saved_at,
            extra,
            key: self.key,
            name: self.name,
            phone: self.phone,
            photos: photos.collect(),
            // What is recorded is kept with care or not at all.
            voice: self.voice,
            video: self.video,
            challenge: self.challenge,
            ..last
        }
    }

    /// As the server keeps it: without names and numbers.
    pub fn for_server(&self) -> LetterDraft {
        let sent = self.photos.iter().filter(|photo| !photo.id.is_empty());
        let extra = self.extra.clone().unwrap_or_default();
        LetterDraft {
            step: self.step.clone(),
            key: self.key.clone(),
            body: self.body.clone(),
            title: self.title.clone(),
            kind: self.kind,
            category: self.category.clone(),
            category_by_resident: self.category_by_resident,
            area: self.area.clone(),
            place: self.place.clone(),
            deputy: self.deputy.clone(),
            station: self.station.clone(),
            consent: self.consent,
            join: extra.join,
            join_title: extra.join_title,
            spot: extra.spot,
            may_call: extra.may_call,
            helping: extra.helping,
            helper_relation: extra.helper_relation,
            helper_consent: extra.helper_consent,
            photos: sent
                .map(|photo| DraftPhoto {
                    id: photo.id.clone(),
                    token: photo.token.clone(),
                    name: photo.name.clone(),
                })
                .collect(),
        }
    }

    /// From the server, when this device has lost its own.
    pub fn from_server(kept: KeptLetterDraft) -> Self {
        let draft = kept.draft;
        let photo = |photo: DraftPhoto| StoredPhoto {
            key: photo.id.clone(),
            name: photo.name,
            id: photo.id,
            token: photo.token,
        };
        Self {
            saved_at: kept.saved_at,
            step: draft.step,
            key: draft.key,
            body: draft.body,
            title: draft.title,
            kind: draft.kind,
            category: draft.category,
            category_by_resident: draft.category_by_resident,
            area: draft.area,
            place: draft.place,
            deputy: draft.deputy,
            station: draft.station,
            name: String::new(),
            name_shown: None,
            consent: draft.consent,
            phone: String::new(),
            photos: draft.photos.into_iter().map(photo).collect(),
            voice: None,
            video: None,
            challenge: None,
            extra: Some(FormExtra {
                join: draft.join,
                join_title: draft.join_title,
                spot: draft.spot,
                may_call: draft.may_call,
                helping: draft.helping,
                helper_relation: draft.helper_relation,
                helper_consent: draft.helper_consent,
                ..FormExtra::default()
            }),
            out: None,
        }
    }

    /// What the person wrote, to begin with; that they spoke, when they did not write.
    pub fn beginning(&self) -> String {
        if self.voice.is_some() && self.body.trim().is_empty() {
            return zh::voice::RECORDING.to_owned();
        }
        let words = if self.title.is_empty() { &self.body } else { &self.title };
        let line = words.trim().lines().next().unwrap_or_default();
        let mut short: String = line.chars().take(BEGINNING).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        short
    }

    /// Photos that are not with the server yet.
    pub fn photos_left(&self) -> usize {
        self.photos.iter().filter(|photo| photo.id.is_empty()).count()
    }

    /// Whether a recording or a video is not with the server yet.
    pub fn media_left(&self) -> bool {
        self.voice.iter().chain(&self.video).any(|file| file.id.is_empty())
    }

    /// Whether it is only spoken, and its recording not with the server yet.
    pub fn waits_for_voice(&self) -> bool {
        self.body.trim().is_empty() && self.voice.as_ref().is_some_and(|voice| voice.id.is_empty())
    }

    /// Of a letter that is filed: nothing has to follow it any more.
    pub const fn is_all_there(&self) -> bool {
        self.photos.is_empty() && self.voice.is_none() && self.video.is_none()
    }

    /// The phone again.
    pub fn phone_form(&self) -> PhoneForm {
        PhoneForm {
            phone: self.phone.clone(),
            code: String::new(),
            challenge: self.challenge.as_ref().map(|challenge| Challenge {
                id: challenge.id.clone(),
                phone_masked: challenge.phone_masked.clone(),
                demo_code: challenge.demo_code.clone(),
            }),
        }
    }
}

/// Characters of a draft's beginning in a list.
const BEGINNING: usize = 24;

/// The form again.
pub fn form_of(stored: Stored) -> LetterForm {
    LetterForm {
        body: stored.body,
        title: stored.title,
        kind: stored.kind,
        category: stored.category,
        category_by_resident: stored.category_by_resident,
        area: stored.area,
        place: stored.place,
        deputy: stored.deputy,
        station: stored.station,
        name: stored.name,
        name_shown: stored.name_shown.unwrap_or(NameShown::Hidden),
        consent: stored.consent,
        photos: stored.photos.into_iter().map(from_stored_photo).collect(),
        voice: stored.voice.map(from_stored_media),
        video: stored.video.map(from_stored_media),
        phone: stored.phone,
        code: String::new(),
        extra: stored.extra.unwrap_or_default(),
    }
}

fn to_stored_photo(photo: PhotoItem) -> StoredPhoto {
    StoredPhoto {
        key: photo.key,
        name: photo.name,
        id: photo.id,
        token: photo.token,
    }
}

fn from_stored_media(media: StoredPhoto) -> PhotoItem {
    let mut item = from_stored_photo(media);
    if !item.id.is_empty() {
        item.thumb = format!("{}/media/{}?token={}", crate::api::BASE, item.id, item.token);
    }
    item
}

fn from_stored_photo(photo: StoredPhoto) -> PhotoItem {
    let sent = !photo.id.is_empty();
    PhotoItem {
        thumb: if sent {
            format!("{}/files/{}/thumb?token={}", crate::api::BASE, photo.id, photo.token)
        } else {
            String::new()
        },
        state: if sent { PhotoState::Done } else { PhotoState::Waiting },
        key: photo.key,
        id: photo.id,
        token: photo.token,
        name: photo.name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(saved_at: Millis) -> Stored {
        let form = LetterForm {
            body: "路灯坏了三天\n晚上很黑".to_owned(),
            name: "李女士".to_owned(),
            photos: vec![from_stored_photo(StoredPhoto {
                key: "k".to_owned(),
                name: "灯.jpg".to_owned(),
                id: "u1".to_owned(),
                token: "secret".to_owned(),
            })],
            extra: FormExtra {
                helper_name: "张帮手".to_owned(),
                helper_phone: "19900000009".to_owned(),
                helper_relation: "邻居".to_owned(),
                helping: Some(true),
                join: "TH-2026-000001".to_owned(),
                ..FormExtra::default()
            },
            ..LetterForm::default()
        };
        let phone = PhoneForm {
            phone: "19900000001".to_owned(),
            code: String::new(),
            challenge: Some(Challenge {
                id: "c".to_owned(),
                phone_masked: "199****0001".to_owned(),
                demo_code: None,
            }),
        };
        Stored::of(form, phone, "check".to_owned(), Some("key-1".to_owned()), saved_at)
    }

    #[test]
    fn a_late_last_word_of_the_same_page_is_nobody_elses() {
        let late = Stored {
            step: "what".to_owned(),
            ..stored(9)
        };
        assert!(late.says_the_same(&stored(5)));
        let typed = Stored {
            body: "路灯坏了四天".to_owned(),
            ..stored(9)
        };
        assert!(!typed.says_the_same(&stored(5)));
        let fewer = Stored {
            photos: Vec::new(),
            ..stored(9)
        };
        assert!(!fewer.says_the_same(&stored(5)));
    }

    fn json(value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap_or_default()
    }

    #[test]
    fn what_lies_open_for_a_moment_says_nothing_about_the_writer() {
        let open = json(&stored(1).words_only());
        assert!(open.contains("路灯坏了三天"), "{open}");
        assert!(open.contains("TH-2026-000001"), "{open}");
        for secret in [
            "李女士",
            "19900000001",
            "199****",
            "secret",
            "key-1",
            "张帮手",
            "19900000009",
        ] {
            assert!(!open.contains(secret), "{secret} in {open}");
        }
    }

    #[test]
    fn the_server_is_told_neither_name_nor_number() {
        let told = json(&stored(1).for_server());
        assert!(told.contains("路灯坏了三天") && told.contains("secret"), "{told}");
        for secret in ["李女士", "19900000001", "199****", "张帮手", "19900000009"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
        let back = Stored::from_server(KeptLetterDraft {
            id: "d".to_owned(),
            saved_at: 1,
            draft: stored(1).for_server(),
        });
        let kept = FormExtra {
            join: "TH-2026-000001".to_owned(),
            helper_relation: "邻居".to_owned(),
            helping: Some(true),
            ..FormExtra::default()
        };
        assert_eq!(
            back.extra,
            Some(kept),
            "what stands beside the letter comes back, but for who helps"
        );
    }

    #[test]
    fn newer_words_meet_what_was_kept_with_care() {
        let mut last = stored(2).words_only();
        last.body.push_str("，请修");
        let both = stored(1).with_last(last);
        assert!(both.body.ends_with("请修"));
        assert_eq!(both.saved_at, 1);
        assert_eq!(both.name, "李女士");
        assert_eq!(
            both.extra.as_ref().map(|extra| extra.helper_name.as_str()),
            Some("张帮手")
        );
        assert_eq!(both.photos.first().map(|photo| photo.token.as_str()), Some("secret"));
        let mut older = stored(1).words_only();
        older.body = "旧".to_owned();
        assert!(
            stored(2).with_last(older).body.starts_with("路灯"),
            "older words stay away"
        );
    }

    #[test]
    fn a_draft_of_an_older_app_is_still_read() {
        let old = r#"{"saved_at":5,"step":"where","key":null,"body":"路灯","title":"","kind":null,"category":"",
            "category_by_resident":false,"area":"","place":"","deputy":"","station":"","name":"","name_shown":"hidden",
            "consent":null,"phone":"","photos":[],"challenge":null}"#;
        let read: Option<Stored> = liaison_domain::wire::read(old);
        assert!(read.is_some_and(|stored| stored.body == "路灯" && stored.out.is_none()));
    }

    #[test]
    fn a_letter_on_its_way_is_read_as_it_was_written() {
        let mut on_its_way = stored(3);
        on_its_way.out = Some(Out::new("{}".to_owned(), "a".to_owned(), String::new(), 3));
        let read: Option<Stored> = liaison_domain::wire::read(&json(&on_its_way));
        assert_eq!(read.as_ref().map(json), Some(json(&on_its_way)));
    }
}
