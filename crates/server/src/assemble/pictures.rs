//! Pictures as addresses.

use liaison_domain::Id;
use liaison_domain::dto::PictureRef;
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

/// Those with these ids, in their order.
pub fn select(all: &[PictureRef], ids: &[Id]) -> Vec<PictureRef> {
    ids.iter()
        .filter_map(|id| all.iter().find(|picture| picture.id == *id))
        .cloned()
        .collect()
}
