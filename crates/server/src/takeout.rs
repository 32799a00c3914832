//! Everything kept about somebody as one file: data to be read by programs, a page to be read by people, pictures,
//! recordings and videos as they are kept. Written while it is sent: a picture or a piece of a video is in memory, never
//! the whole.

use crate::pages::own_data;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use crate::uploads::Size;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::{Stream, StreamExt as _, stream};
use liaison_domain::Millis;
use liaison_domain::calendar::{date_of, minute_of_day};
use liaison_domain::dto::{MyData, PictureRef};
use liaison_store::DEFAULT_TENANT;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::{Semaphore, SemaphorePermit};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// What is sent at once.
const PIECE: usize = 64 * 1024;
/// Pieces that may wait for the other side.
const AHEAD: usize = 4;
/// How long the other side may take for a piece, over a bad line.
const PATIENCE: Duration = Duration::from_mins(1);
/// How many are written at the same time: each keeps a thread busy.
static AT_ONCE: Semaphore = Semaphore::const_new(8);

/// The page and the data within it.
const PAGE: &str = "index.html";
const DATA: &str = "data.json";

/// A file that belongs to a letter, and its name in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attached {
    id: String,
    name: String,
    /// Of a recording or video; a picture is read at once.
    bytes: Option<u64>,
}

/// Everything as one file. Addresses within it are names within it: it is whole without a network.
pub fn archive(state: &AppState, mut data: MyData) -> ApiResult<Response> {
    let turn = AT_ONCE.try_acquire().map_err(|_| ApiError::Unavailable {
        code: "busy",
        detail: "系统正忙,请过一会儿再下载。",
    })?;
    let now = data.made_at;
    let files = settle(&mut data);
    let texts = [
        (
            DATA,
            serde_json::to_vec_pretty(&data).map_err(|error| ApiError::internal("own data", error))?,
        ),
        (PAGE, own_data::offline(data, now).into_bytes()),
    ];
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(AHEAD);
    let pieces = stream::unfold(receiver, |mut receiver| async move {
        Some((receiver.recv().await?, receiver))
    });
    let (state, runtime) = (state.clone(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let _turn: SemaphorePermit<'static> = turn;
        let out = Pieces {
            sender: sender.clone(),
            runtime: runtime.clone(),
            held: Vec::with_capacity(PIECE),
        };
        if let Err(error) = write(&state, &runtime, out, &texts, &files, now) {
            tracing::warn!("an archive of somebody's data was not sent to its end: {error}");
            // What came is broken off, so that nobody takes it for the whole.
            let broken_off = tokio::time::timeout(PATIENCE, sender.send(Err(error)));
            drop(runtime.block_on(broken_off));
        }
    });
    Ok(answer(pieces, now))
}

fn answer(pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static, now: Millis) -> Response {
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let name = format!("attachment; filename=\"my-data-{}.zip\"", date_of(now).iso());
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// Gives every picture, recording and video a name, and puts the name where its address was.
fn settle(data: &mut MyData) -> Vec<Attached> {
    let mut files = BTreeMap::new();
    for letter in &mut data.letters {
        let folder = format!("files/{}", letter.no);
        let mut count = 0;
        let mut picture = |one: &mut PictureRef| {
            let file = files.entry(one.id.clone()).or_insert_with(|| {
                count += 1;
                Attached {
                    id: one.id.clone(),
                    name: format!("{folder}/{count}.jpg"),
                    bytes: None,
                }
            });
            one.url.clone_from(&file.name);
            one.thumb_url.clone_from(&file.name);
        };
        letter.pictures.iter_mut().for_each(&mut picture);
        let told = letter.timeline.iter_mut().flat_map(|event| &mut event.pictures);
        told.for_each(&mut picture);
        let answered = letter.answers.iter_mut().flat_map(|answer| &mut answer.pictures);
        answered.for_each(&mut picture);
        for media in &mut letter.media {
            media.url = format!("{folder}/{}.{}", media.kind, crate::api::media::extension(&media.mime));
            let file = Attached {
                id: media.id.clone(),
                name: media.url.clone(),
                bytes: Some(media.bytes),
            };
            files.insert(media.id.clone(), file);
        }
    }
    files.into_values().collect()
}

/// Writes into pieces, and waits until each is taken.
struct Pieces {
    sender: Sender<io::Result<Bytes>>,
    runtime: Handle,
    held: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.held.len());
        self.held.extend_from_slice(&bytes[..taken]);
        if self.held.len() == PIECE {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.held, Vec::with_capacity(PIECE)));
        let sent = tokio::time::timeout(PATIENCE, self.sender.send(Ok(piece)));
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more")),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "it was not taken in time")),
        }
    }
}

fn write(
    state: &AppState,
    runtime: &Handle,
    out: Pieces,
    texts: &[(&str, Vec<u8>)],
    files: &[Attached],
    now: Millis,
) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(out);
    let packed = options(now).compression_method(CompressionMethod::Deflated);
    for (name, bytes) in texts {
        archive.start_file(*name, packed)?;
        archive.write_all(bytes)?;
    }
    // Pictures, sounds and films are packed already.
    let whole = options(now).compression_method(CompressionMethod::Stored);
    for file in files {
        match runtime.block_on(open(state, file)) {
            Ok(bytes) => copy(runtime, &mut archive, file, whole, bytes)?,
            // Gone from the store: the rest is still somebody's own.
            Err(ApiError::NotFound) => tracing::warn!(id = file.id, "a file of a letter is not there"),
            Err(error) => return Err(io::Error::other(error.code())),
        }
    }
    archive.finish()?.flush()
}

async fn open(state: &AppState, file: &Attached) -> ApiResult<BodyDataStream> {
    let body = match file.bytes {
        Some(bytes) => state.files.stream(DEFAULT_TENANT, &file.id, 0..bytes).await?,
        None => state.files.get(DEFAULT_TENANT, &file.id, Size::Full).await?.into(),
    };
    Ok(body.into_data_stream())
}

fn copy(
    runtime: &Handle,
    archive: &mut ZipWriter<StreamWriter<Pieces>>,
    file: &Attached,
    options: SimpleFileOptions,
    mut bytes: BodyDataStream,
) -> io::Result<()> {
    archive.start_file(&file.name, options)?;
    while let Some(piece) = runtime.block_on(bytes.next()) {
        archive.write_all(&piece.map_err(io::Error::other)?)?;
    }
    Ok(())
}

fn options(now: Millis) -> SimpleFileOptions {
    let (day, minute) = (date_of(now), minute_of_day(now));
    let made = zip::DateTime::from_date_and_time(
        u16::try_from(day.year).unwrap_or_default(),
        day.month,
        day.day,
        (minute / 60) as u8,
        (minute % 60) as u8,
        0,
    );
    SimpleFileOptions::default().last_modified_time(made.unwrap_or_default())
}
