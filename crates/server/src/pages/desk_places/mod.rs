//! What the pages of stations and deputies say, kept at the desk by plain forms. The pages need no app.

mod deputies;
mod stations;

pub use deputies::{list as deputies, my_profile, one as deputy, post as post_deputy, post_my_profile};
pub use stations::{list as stations, one as station, post as post_station};

use super::frame::Page;
use super::posted::Posted;
use axum::http::StatusCode;
use liaison_domain::dto::{PhotoInput, PlaceChange};
use liaison_web::i18n::desk::places as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::desk_places::PhotoRow;
use liaison_web::views::form::PhotoItem;
use serde::Deserialize;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: Option<String>,
}

impl DoneQuery {
    fn is_about_photos(&self) -> bool {
        self.done.as_deref() == Some("photos")
    }

    fn words(&self) -> &'static str {
        match self.done.as_deref() {
            Some("saved") => words::SAVED,
            Some("same") => words::SAME,
            _ => "",
        }
    }
}

/// Where a form leads that was kept.
fn done(address: &str, before: i64, after: i64) -> String {
    let what = if before == after { "same" } else { "saved" };
    format!("{address}?done={what}")
}

/// A page with the status of what it shows.
fn page(title: &str, failed: bool, clashed: bool) -> Page {
    let title = if failed {
        [ERROR_PREFIX, title].concat()
    } else {
        title.to_owned()
    };
    let page = Page::new(title);
    match (failed, clashed) {
        (_, true) => page.status(StatusCode::CONFLICT),
        (true, false) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        (false, false) => page,
    }
}

/// What happened since the form was opened, in words.
fn clash(changes: &[PlaceChange], opened: i64) -> String {
    let since: Vec<&PlaceChange> = changes.iter().filter(|change| change.version > opened).collect();
    let mut fields: Vec<String> = since.iter().flat_map(|change| change.fields.clone()).collect();
    fields.sort();
    fields.dedup();
    words::clash(since.first().map(|change| change.by.as_str()), &fields)
}

/// A picture just handed in, as a row of a form.
fn handed_in(posted: &Posted, alt: &str) -> Option<PhotoRow> {
    let photo = posted.photos().next()?;
    Some(row(photo, alt))
}

/// A picture that a hidden field carries before it is kept.
fn carried(text: &str, alt: &str) -> Option<PhotoRow> {
    PhotoItem::from_carried(text).map(|photo| row(photo, alt))
}

fn row(photo: PhotoItem, alt: &str) -> PhotoRow {
    PhotoRow {
        thumb: photo.thumb,
        input: PhotoInput {
            id: photo.id,
            token: Some(photo.token),
            alt: alt.to_owned(),
        },
    }
}
