//! Sending pictures, with progress: `fetch` cannot tell how much of a body has left, so this is the one
//! place that uses `XMLHttpRequest`.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Method;
use leptos::prelude::set_timeout;
use liaison_domain::dto::Upload;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

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
    let request = XmlHttpRequest::new().map_err(|_| ApiError::Offline)?;
    let sending = Sending {
        request: request.clone(),
        listeners: Rc::default(),
    };
    let opened = request
        .open_with_async("POST", &format!("{}/uploads", http::BASE), true)
        .is_ok()
        && request.set_request_header("X-Requested-With", "liaison").is_ok()
        && request.set_request_header("Accept", "application/json").is_ok()
        && request.set_request_header("Idempotency-Key", key).is_ok()
        && request
            .set_request_header("Content-Type", content_type(picture).as_str())
            .is_ok();
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

    match request.send_with_opt_blob(Some(picture)) {
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

fn outcome(request: &XmlHttpRequest) -> Result<Upload, ApiError> {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        http::parse(status, &text)
    } else {
        Err(http::refusal(status, &text))
    }
}

/// Removes a picture that belongs to no letter yet.
pub async fn remove(id: &str, token: &str) -> Result<(), ApiError> {
    let path = format!("/uploads/{}", keys::escape(id));
    http::send_quiet(Method::DELETE, &path, None, &[("X-Upload-Token", token)]).await
}
