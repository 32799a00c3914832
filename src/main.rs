//! The residents' and public app: bundle `station`.
//!
//! The pages are split off here and not in the library: a split point is an export, and the staff's app would carry it.

#![allow(
    clippy::unnecessary_wraps,
    reason = "what a split point gives back is a `Result` for the sake of its caller: the part may not arrive"
)]

use liaison_web::pages::station::parts::{
    self, Drawing, GuideWork, LaterWork, MapWork, MediaWork, OutboxWork, Own, Parts, Reading,
};
use liaison_web::parts::Part;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(read, fallible, preload(fetch_read))]
fn read(page: Reading) -> Result<Drawing, SplitLoaderError> {
    Ok(parts::read(page))
}

#[wasm_split(write, fallible, preload(fetch_write))]
fn write() -> Result<Drawing, SplitLoaderError> {
    Ok(parts::write())
}

#[wasm_split(own, fallible, preload(fetch_own))]
fn own(page: Own) -> Result<Drawing, SplitLoaderError> {
    Ok(parts::own(page))
}

#[wasm_split(case, fallible, preload(fetch_case))]
fn case() -> Result<Drawing, SplitLoaderError> {
    Ok(parts::case())
}

#[wasm_split(outbox, fallible)]
fn outbox() -> Result<OutboxWork, SplitLoaderError> {
    Ok(parts::outbox())
}

#[wasm_split(media, fallible)]
fn media() -> Result<MediaWork, SplitLoaderError> {
    Ok(parts::media())
}

#[wasm_split(map, fallible)]
fn map() -> Result<MapWork, SplitLoaderError> {
    Ok(parts::map())
}

#[wasm_split(later, fallible)]
fn later() -> Result<LaterWork, SplitLoaderError> {
    Ok(parts::later())
}

#[wasm_split(guide, fallible)]
fn guide() -> Result<GuideWork, SplitLoaderError> {
    Ok(parts::guide())
}

fn main() {
    liaison_web::boot::station(Parts {
        read: |page| Box::pin(async move { read(page).await.ok() }),
        write: || Box::pin(async { write().await.ok() }),
        own: |page| Box::pin(async move { own(page).await.ok() }),
        case: || Box::pin(async { case().await.ok() }),
        outbox: || Box::pin(async { outbox().await.ok() }),
        media: || Box::pin(async { media().await.ok() }),
        map: || Box::pin(async { map().await.ok() }),
        later: || Box::pin(async { later().await.ok() }),
        guide: || Box::pin(async { guide().await.ok() }),
        fetch: |part| {
            Box::pin(async move {
                // Whoever wants the part later tries again, and says so where it still stays away.
                let _ = match part {
                    Part::Read => fetch_read().await,
                    Part::Write => fetch_write().await,
                    Part::Own => fetch_own().await,
                    Part::Case => fetch_case().await,
                };
            })
        },
    });
}
