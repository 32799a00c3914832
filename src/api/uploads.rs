//! Sending pictures, recordings and pieces of videos, with progress: `fetch` cannot tell how much of a body has left, so this is the one
//! place that uses `XMLHttpRequest`.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Method;
use js_sys::{Function, Promise};
use leptos::prelude::set_timeout;
use liaison_domain::dto::{IncomingVideo, MediaUpload, NewVideo, Upload};
use liaison_domain::wire::Wire;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::http::Outcome;
use super::{ApiError, http, keys};

/// Ten minutes: a photo over 2G takes several.
const TIME_LIMIT_MS: u32 = 600_000;

type Listener = Closure<dyn FnMut(ProgressEvent)>;

/// A picture on its way.
#[derive(Clone)]
pub struct Sending {
    request: XmlHttpRequest,
    // The browser calls these until the request ends.
    listeners: Rc<RefCell<Vec<Listener>>>,
}

/// Lets the listeners go once the browser is done with them: not while one of them runs.
fn let_go(listeners: Rc<RefCell<Vec<Listener>>>) {
    set_timeout(move || listeners.borrow_mut().clear(), Duration::ZERO);
}

impl Sending {
    /// Gives it up: `done` is called with [`ApiError::Aborted`].
    pub fn abort(&self) {
        let _ = self.request.abort();
    }
}

/// Sends `picture`; `progress` gets the share sent (0–100), `done` the outcome, once.
pub fn send(
    picture: &Blob,
    key: &str,
    progress: impl Fn(u8) + 'static,
    done: impl FnOnce(Result<Upload, ApiError>) + 'static,
) -> Result<Sending, ApiError> {
    post("/uploads", picture, key, Box::new(progress), read_into(done))
}

/// The same for a recorded voice.
pub fn send_voice(
    voice: &Blob,
    key: &str,
    progress: impl Fn(u8) + 'static,
    done: impl FnOnce(Result<MediaUpload, ApiError>) + 'static,
) -> Result<Sending, ApiError> {
    post("/media/voices", voice, key, Box::new(progress), read_into(done))
}

/// Sends a picture without telling how far it is.
pub async fn picture(picture: &Blob, key: &str) -> Result<Upload, ApiError> {
    let (status, text) = sent("/uploads", picture, key).await?;
    http::parse(status, &text)
}

/// The same for a recorded voice.
pub async fn voice(voice: &Blob, key: &str) -> Result<MediaUpload, ApiError> {
    let (status, text) = sent("/media/voices", voice, key).await?;
    http::parse(status, &text)
}

async fn sent(path: &str, body: &Blob, key: &str) -> Outcome {
    let headers = [("Idempotency-Key", key), ("Content-Type", &content_type(body))];
    ask(("POST", path), &headers, Some(body), nothing(), Box::new(|_| {})).await
}

type Progress = Box<dyn Fn(u8)>;
type Done = Box<dyn FnOnce(Outcome)>;

fn read_into<T: Wire + 'static>(done: impl FnOnce(Result<T, ApiError>) + 'static) -> Done {
    Box::new(move |outcome| done(outcome.and_then(|(status, text)| http::parse(status, &text))))
}

fn post(path: &str, body: &Blob, key: &str, progress: Progress, done: Done) -> Result<Sending, ApiError> {
    let headers = [("Idempotency-Key", key), ("Content-Type", &content_type(body))];
    begin(("POST", path), &headers, Some(body), progress, done)
}

/// Begins a request.
fn begin(
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    body: Option<&Blob>,
    progress: Progress,
    done: Done,
) -> Result<Sending, ApiError> {
    let request = XmlHttpRequest::new().map_err(|_| ApiError::Offline)?;
    let sending = Sending {
        request: request.clone(),
        listeners: Rc::default(),
    };
    let always = [("X-Requested-With", "liaison"), ("Accept", "application/json")];
    let opened = request
        .open_with_async(method, &[http::BASE, path].concat(), true)
        .is_ok()
        && always
            .iter()
            .chain(headers)
            .all(|(name, value)| request.set_request_header(name, value).is_ok());
    if !opened {
        return Err(ApiError::Offline);
    }
    request.set_timeout(TIME_LIMIT_MS);

    let on_progress = Closure::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            // The last step is the server's: it decodes and re-encodes before it answers.
            progress((event.loaded() / event.total() * 99.0) as u8);
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }

    let on_end = {
        let request = request.clone();
        // Whoever began the upload may forget about it: it lives until it has ended.
        let listeners = Rc::clone(&sending.listeners);
        let mut done = Some(done);
        Closure::new(move |event: ProgressEvent| {
            // `loadend` alone cannot tell why: the other events come first and say it.
            let Some(done) = done.take() else { return };
            let_go(Rc::clone(&listeners));
            done(match event.type_().as_str() {
                "load" => outcome(&request),
                "abort" => Err(ApiError::Aborted),
                "timeout" => Err(ApiError::Timeout),
                _ => Err(ApiError::Offline),
            });
        })
    };
    let handler = on_end.as_ref().unchecked_ref();
    request.set_onload(Some(handler));
    request.set_onabort(Some(handler));
    request.set_ontimeout(Some(handler));
    request.set_onerror(Some(handler));
    sending.listeners.borrow_mut().extend([on_progress, on_end]);

    match request.send_with_opt_blob(body) {
        Ok(()) => Ok(sending),
        Err(_) => Err(ApiError::Offline),
    }
}

fn content_type(picture: &Blob) -> String {
    let given = picture.type_();
    if given.is_empty() {
        "application/octet-stream".to_owned()
    } else {
        given
    }
}

fn outcome(request: &XmlHttpRequest) -> Result<(u16, String), ApiError> {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        Ok((status, text))
    } else {
        Err(http::refusal(status, &text))
    }
}

/// Announces a video of so many bytes.
pub async fn announce(bytes: u64) -> Result<IncomingVideo, ApiError> {
    http::send(Method::POST, "/media/videos", &NewVideo { bytes }, &[]).await
}

/// Where a video on its way stands, and who is sending it.
#[derive(Clone, Copy)]
pub struct Film<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its secret.
    pub token: &'a str,
}

impl Film<'_> {
    fn path(self) -> String {
        ["/media/videos/", &keys::escape(self.id)].concat()
    }

    /// How far it has come.
    pub async fn standing(self) -> Result<IncomingVideo, ApiError> {
        let headers = [("X-Upload-Token", self.token)];
        let (status, text) = ask(("GET", &self.path()), &headers, None, nothing(), Box::new(|_| {})).await?;
        http::parse(status, &text)
    }

    /// Sends the piece that begins at `offset`; `started` gets what can be given up. How much is there then.
    pub async fn piece(
        self,
        offset: f64,
        piece: &Blob,
        progress: impl Fn(u8) + 'static,
        started: impl FnOnce(Sending) + 'static,
    ) -> Result<f64, ApiError> {
        let at = offset.to_string();
        let headers = [
            ("X-Upload-Token", self.token),
            ("Upload-Offset", &at),
            ("Content-Type", "application/octet-stream"),
        ];
        let (progress, started) = (Box::new(progress), Box::new(started));
        ask(("PATCH", &self.path()), &headers, Some(piece), progress, started).await?;
        Ok(offset + piece.size())
    }

    /// Everything is there.
    pub async fn complete(self) -> Result<MediaUpload, ApiError> {
        let path = [&self.path(), "/complete"].concat();
        let headers = [("X-Upload-Token", self.token), ("Idempotency-Key", self.id)];
        let (status, text) = ask(("POST", &path), &headers, None, nothing(), Box::new(|_| {})).await?;
        http::parse(status, &text)
    }

    /// Nothing becomes of it.
    pub async fn cancel(self) -> Result<(), ApiError> {
        http::send_quiet(Method::DELETE, &self.path(), None, &[("X-Upload-Token", self.token)]).await
    }
}

fn nothing() -> Progress {
    Box::new(|_| {})
}

/// A request whose answer is waited for. Not generic: its machinery exists once in the bundle.
async fn ask(
    to: (&str, &str),
    headers: &[(&str, &str)],
    body: Option<&Blob>,
    progress: Progress,
    started: Box<dyn FnOnce(Sending)>,
) -> Result<(u16, String), ApiError> {
    let outcome: Rc<RefCell<Option<Outcome>>> = Rc::default();
    let arrived = Rc::clone(&outcome);
    let settle: Rc<RefCell<Option<Function>>> = Rc::default();
    let settled = Promise::new(&mut |resolve: Function, _| {
        settle.replace(Some(resolve));
    });
    let sending = begin(
        to,
        headers,
        body,
        progress,
        Box::new(move |result| {
            arrived.replace(Some(result));
            if let Some(settle) = settle.take() {
                let _ = settle.call0(&JsValue::NULL);
            }
        }),
    )?;
    started(sending);
    let _ = JsFuture::from(settled).await;
    outcome.take().unwrap_or(Err(ApiError::Offline))
}

/// Removes a picture, recording or video that belongs to no letter yet.
pub async fn remove(id: &str, token: &str) -> Result<(), ApiError> {
    let path = format!("/uploads/{}", keys::escape(id));
    http::send_quiet(Method::DELETE, &path, None, &[("X-Upload-Token", token)]).await
}
