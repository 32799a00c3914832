//! The draft as this device keeps it: JSON that an older or newer app can still read.

use liaison_domain::Millis;
use liaison_domain::lifecycle::{LetterKind, NameShown};
use serde::Serialize;

use crate::state::timers;
use crate::views::form::{LetterForm, PhoneForm, PhotoItem, PhotoState};

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

liaison_domain::wire!(
    Stored {
        saved_at, step, key, body, title, kind, category, category_by_resident, area, place, deputy, station, name, name_shown,
        consent, phone, photos, voice, video, challenge,
    }
    StoredPhoto { key, name, id, token }
    StoredChallenge { id, phone_masked, demo_code }
);

impl Stored {
    /// What is worth keeping of a form and its phone.
    pub fn of(form: LetterForm, phone: PhoneForm, step: String, key: Option<String>) -> Self {
        Self {
            saved_at: timers::now(),
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
            photos: form.photos.into_iter().map(to_stored_photo).collect(),
            voice: form.voice.map(to_stored_photo),
            video: form.video.map(to_stored_photo),
            challenge: phone.challenge.map(|challenge| StoredChallenge {
                id: challenge.id,
                phone_masked: challenge.phone_masked,
                demo_code: challenge.demo_code,
            }),
        }
    }
}

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
