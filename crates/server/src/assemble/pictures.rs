//! Pictures as addresses.

use liaison_domain::Id;
use liaison_domain::dto::{PictureRef, PlacePhoto};
use liaison_domain::places::photo_address;
use liaison_store::directory::Photo;
use liaison_store::uploads::Picture;

/// A picture's addresses and size.
pub fn picture(upload: &Picture) -> PictureRef {
    of(&upload.id, upload.width, upload.height, &upload.alt)
}

/// The same from its parts.
pub fn of(id: &str, width: u32, height: u32, alt: &str) -> PictureRef {
    PictureRef {
        id: id.to_owned(),
        url: format!("/api/v1/files/{id}"),
        thumb_url: format!("/api/v1/files/{id}/thumb"),
        width,
        height,
        alt: alt.to_owned(),
    }
}

/// A picture of a station or deputy.
pub fn of_place(photo: &Photo) -> PlacePhoto {
    PlacePhoto {
        id: photo.id.clone(),
        url: photo_address(&photo.id, "full"),
        middle_url: photo_address(&photo.id, "middle"),
        thumb_url: photo_address(&photo.id, "thumb"),
        width: photo.width,
        height: photo.height,
        alt: photo.alt.clone(),
    }
}

/// Those with these ids, in their order.
pub fn select(all: &[PictureRef], ids: &[Id]) -> Vec<PictureRef> {
    ids.iter()
        .filter_map(|id| all.iter().find(|picture| picture.id == *id))
        .cloned()
        .collect()
}
