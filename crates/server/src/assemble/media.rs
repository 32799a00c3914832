//! Recordings and videos as addresses, with what was written down of them.

use liaison_domain::dto::{MediaRef, Transcript};
use liaison_store::media::Media;

/// A recording or video as pages show it.
pub fn media(found: &Media) -> MediaRef {
    MediaRef {
        id: found.id.clone(),
        kind: found.kind.clone(),
        url: format!("/api/v1/media/{}", found.id),
        mime: found.mime.clone(),
        bytes: found.bytes,
        duration: found.duration,
        transcript: found.transcript.as_ref().map(|written| Transcript {
            text: written.body.clone(),
            version: written.version as u32,
            by_machine: written.by_machine,
            at: written.at,
        }),
    }
}
