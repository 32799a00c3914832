//! A video comes piece by piece: announced with its size, sent from wherever it stands, and looked at once it is whole.
//! At no time is more of it in memory than one piece and the table of what it holds.

use super::media::{fresh_id, keep, new_media};
use crate::auth::secret;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::media::{Blanks, Box4, Known, MediaError, Movie, WINDOW, Web};
use axum::body::Bytes;
use liaison_domain::dto::{IncomingVideo, MediaUpload, VIDEO, VIDEO_PIECE};
use liaison_store::DEFAULT_TENANT;
use liaison_store::incoming::{Incoming, Part};

/// Files on their way at once, of everybody together: beyond that the disk could fill with what nobody finishes.
const OPEN: i64 = 400;
/// Largest table of a film, in bytes. An hour has less than one megabyte.
const MOOV: u64 = 8 * 1024 * 1024;
/// Boxes of a file itself; one that is written while it is filmed has two a second.
const BOXES: usize = 20_000;

/// Expects a video of so many bytes.
pub async fn announce(state: &AppState, bytes: u64) -> ApiResult<IncomingVideo> {
    let limit = state.config.uploads.video_bytes;
    if bytes == 0 {
        return Err(MediaError::Empty.of_video());
    }
    if bytes > limit {
        return Err(ApiError::TooLarge { limit });
    }
    if state.store.incoming_count().await? >= OPEN {
        return Err(ApiError::Unavailable {
            code: "uploads_busy",
            detail: "现在上传视频的人太多，请过一会儿再试；文字和照片可以先提交。",
        });
    }
    let (id, token) = (fresh_id(), secret::token());
    state.store.expect_file(&id, &token, bytes, state.now()).await?;
    Ok(IncomingVideo {
        id,
        token: Some(token),
        bytes,
        offset: 0,
    })
}

/// A video that comes with a form: how long it is going to be, nobody has said.
pub struct Coming {
    id: String,
    token: String,
    pub received: u64,
}

/// Begins to take a video of unknown length.
pub async fn begin(state: &AppState) -> ApiResult<Coming> {
    let expected = announce(state, state.config.uploads.video_bytes.max(1)).await?;
    Ok(Coming {
        id: expected.id,
        token: expected.token.unwrap_or_default(),
        received: 0,
    })
}

impl Coming {
    /// Takes the next piece.
    pub async fn add(&mut self, state: &AppState, bytes: Bytes) -> ApiResult<()> {
        let length = bytes.len() as u64;
        take(state, &self.id, &self.token, self.received, bytes).await?;
        self.received += length;
        Ok(())
    }

    /// That was all.
    pub async fn finish(self, state: &AppState) -> ApiResult<MediaUpload> {
        if self.received == 0 {
            self.give_up(state).await?;
            return Err(MediaError::Empty.of_video());
        }
        state.store.end_incoming(&self.id).await?;
        complete(state, &self.id, &self.token).await
    }

    /// Nothing becomes of it.
    pub async fn give_up(&self, state: &AppState) -> ApiResult<()> {
        drop_incoming(state, &self.id).await
    }
}

/// How far it has come.
pub async fn standing(state: &AppState, id: &str, token: &str) -> ApiResult<IncomingVideo> {
    let found = incoming(state, id, token).await?;
    Ok(view(id, found))
}

async fn incoming(state: &AppState, id: &str, token: &str) -> ApiResult<Incoming> {
    state.store.incoming(id, token).await?.ok_or(ApiError::NotFound)
}

fn view(id: &str, found: Incoming) -> IncomingVideo {
    IncomingVideo {
        id: id.to_owned(),
        token: None,
        bytes: found.size as u64,
        offset: found.received as u64,
    }
}

/// Takes the piece that begins at `offset`.
pub async fn take(state: &AppState, id: &str, token: &str, offset: u64, bytes: Bytes) -> ApiResult<IncomingVideo> {
    let found = incoming(state, id, token).await?;
    if bytes.is_empty() || bytes.len() > VIDEO_PIECE as usize {
        return Err(ApiError::TooLarge {
            limit: u64::from(VIDEO_PIECE),
        });
    }
    let part = Part {
        at: offset as i64,
        bytes: bytes.len() as i64,
    };
    if found.received != part.at || found.received + part.bytes > found.size {
        return Err(elsewhere());
    }
    state.files.put_part(DEFAULT_TENANT, id, offset, bytes).await?;
    if !state.store.note_part(id, token, part, state.now()).await? {
        return Err(elsewhere());
    }
    standing(state, id, token).await
}

/// The piece does not go on where the file stands: ask for that, and send from there.
fn elsewhere() -> ApiError {
    ApiError::Clash {
        code: "upload_offset",
        detail: "这一段接不上，请从已经传到的地方接着传。",
    }
}

/// Looks at a video that is all here, and keeps it. What is not one is thrown away at once.
pub async fn complete(state: &AppState, id: &str, token: &str) -> ApiResult<MediaUpload> {
    let found = incoming(state, id, token).await?;
    if found.received != found.size {
        return Err(elsewhere());
    }
    let pieces = Pieces {
        state,
        id,
        parts: state.store.incoming_parts(id).await?,
        size: found.size as u64,
    };
    let (known, blanks) = match pieces.look().await {
        Ok(looked) => looked,
        Err(Unfit::Media(error)) => {
            drop_incoming(state, id).await?;
            return Err(error.of_video());
        }
        Err(Unfit::Api(error)) => return Err(error),
    };
    let sha256 = state.files.join(DEFAULT_TENANT, id, &pieces.parts, &blanks).await?;
    let new = new_media(id, token, VIDEO, &known, (pieces.size, sha256));
    let kept = keep(state, new).await?;
    drop_incoming(state, id).await?;
    Ok(kept)
}

/// Gives a video up that is on its way, for whoever holds its token.
pub async fn cancel(state: &AppState, id: &str, token: &str) -> ApiResult<()> {
    incoming(state, id, token).await?;
    drop_incoming(state, id).await
}

/// Removes what has come of a file.
pub async fn drop_incoming(state: &AppState, id: &str) -> ApiResult<()> {
    let parts = state.store.incoming_parts(id).await?;
    state.files.remove_parts(DEFAULT_TENANT, id, &parts).await?;
    state.store.forget_incoming(id).await?;
    Ok(())
}

/// Why it could not be looked at.
enum Unfit {
    Media(MediaError),
    Api(ApiError),
}

impl From<MediaError> for Unfit {
    fn from(error: MediaError) -> Self {
        Self::Media(error)
    }
}

impl From<ApiError> for Unfit {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// A file in pieces.
struct Pieces<'a> {
    state: &'a AppState,
    id: &'a str,
    parts: Vec<Part>,
    size: u64,
}

impl Pieces<'_> {
    /// What it is, and what of it has to be emptied.
    async fn look(&self) -> Result<(Known, Blanks), Unfit> {
        let first = self.read(0, 16).await?;
        if first.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
            let mut web = Web::begin(&self.read(0, WINDOW as u64).await?)?;
            while web.at() < self.size {
                let bytes = self.read(web.at(), WINDOW as u64).await?;
                web.walk(&bytes, self.size)?;
            }
            return Ok((web.as_video()?, web.into_blanks()));
        }
        // Old films begin without their name.
        if !matches!(first.get(4..8), Some(b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free")) {
            return Err(MediaError::UnsupportedType.into());
        }
        let mut movie = Movie::default();
        let (mut at, mut count) = (0, 0);
        while at < self.size {
            let found = Box4::read(&self.read(at, 16).await?, at, self.size)?;
            movie.top(found)?;
            if found.kind == *b"moov" {
                if found.size > MOOV {
                    return Err(MediaError::Broken.into());
                }
                movie.read_moov(&self.read(at, found.size).await?, found)?;
            }
            at = found.end();
            count += 1;
            if count > BOXES {
                return Err(MediaError::Broken.into());
            }
        }
        Ok((movie.as_video()?, movie.into_blanks()))
    }

    /// Up to `length` bytes from `at`, as far as the file reaches.
    async fn read(&self, at: u64, length: u64) -> ApiResult<Vec<u8>> {
        let end = (at + length).min(self.size);
        let mut out = Vec::with_capacity((end - at) as usize);
        let first = self.parts.partition_point(|part| (part.at + part.bytes) as u64 <= at);
        for part in &self.parts[first..] {
            let begins = part.at as u64;
            if begins >= end {
                break;
            }
            let range = at.max(begins) - begins..end.min(begins + part.bytes as u64) - begins;
            out.extend(
                self.state
                    .files
                    .part_range(DEFAULT_TENANT, self.id, *part, range)
                    .await?,
            );
        }
        Ok(out)
    }
}
