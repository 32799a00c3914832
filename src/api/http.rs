//! One request: address, headers, time limit, and how an answer is read.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::{document, set_timeout};
use liaison_domain::dto::Problem;
use liaison_domain::wire::{self, Wire};
use serde::Serialize;
use web_sys::AbortController;

use super::ApiError;

/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// How long an answer may take. Generous: 2G needs seconds for the round trip alone.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The last answers kept for going back to a list without loading it again.
const KEPT: usize = 24;

/// Status and body of a success, or why there is none.
pub(super) type Outcome = Result<(u16, String), ApiError>;

/// An answer that was asked for before a page wanted it, or nothing where it did not come.
pub(super) type Early = Pin<Box<dyn Future<Output = Option<(u16, String)>>>>;

/// What asks before a page does, where an app has such a thing: one that has not does not carry its code.
pub(super) struct Ahead {
    /// The answer of a path, once.
    pub(super) take: fn(&str) -> Option<Early>,
    /// Gives up what was begun.
    pub(super) forget: fn(),
}

thread_local! {
    static AHEAD: Cell<Option<&'static Ahead>> = const { Cell::new(None) };
    static PRELOADED: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
    static HANDED: RefCell<Option<(String, Rc<dyn Any>)>> = const { RefCell::new(None) };
    static SEEN: RefCell<Vec<(String, Rc<dyn Any>)>> = const { RefCell::new(Vec::new()) };
}

/// Gives a request up from outside.
#[derive(Clone)]
pub struct Cancel(Option<AbortController>);

impl Cancel {
    /// A fresh one for one request.
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// The request fails with [`ApiError::Aborted`].
    pub fn cancel(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }

    fn is_cancelled(&self) -> bool {
        self.0.as_ref().is_some_and(|controller| controller.signal().aborted())
    }
}

impl Default for Cancel {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads the answers that the server laid into the page (`<script type="application/json" data-url>`).
/// Called once, before the page is replaced.
pub fn read_preloaded() {
    let Ok(found) = document().query_selector_all("script[type=\"application/json\"][data-url]") else {
        return;
    };
    let mut all = Vec::new();
    for index in 0..found.length() {
        let Some(node) = found.item(index) else { continue };
        let element: web_sys::Element = wasm_bindgen::JsCast::unchecked_into(node);
        if let (Some(url), Some(text)) = (element.get_attribute("data-url"), element.text_content()) {
            all.push((url, text));
        }
    }
    PRELOADED.set(all);
}

/// Hands data to the page that is opened next, which would ask for them.
pub fn hand_over<T: 'static>(path: &str, value: T) {
    HANDED.set(Some((path.to_owned(), Rc::new(value))));
}

/// The answer of `path` that came with the page or was handed over, once. `path` without [`BASE`].
pub fn take_preloaded<T: Wire + Clone + 'static>(path: &str) -> Option<T> {
    take_preloaded_any(path, read_any::<T>)?.downcast_ref::<T>().cloned()
}

/// How an answer is read into a value of a kind that only the caller knows.
pub type Reader = fn(&str) -> Option<Rc<dyn Any>>;

/// The reader of a kind.
pub fn read_any<T: Wire + 'static>(text: &str) -> Option<Rc<dyn Any>> {
    Some(Rc::new(wire::read::<T>(text)?))
}

/// [`take_preloaded`] for code that exists once for all kinds.
pub fn take_preloaded_any(path: &str, reader: Reader) -> Option<Rc<dyn Any>> {
    let handed = HANDED.with_borrow_mut(|handed| {
        if handed.as_ref()?.0 == path {
            handed.take()
        } else {
            None
        }
    });
    if let Some((_, value)) = handed {
        return Some(value);
    }
    let text = PRELOADED.with_borrow_mut(|all| {
        let at = all.iter().position(|(url, _)| url.strip_prefix(BASE) == Some(path))?;
        Some(all.swap_remove(at).1)
    })?;
    let value = reader(&text)?;
    keep_any(path, Rc::clone(&value));
    Some(value)
}

/// The last answer of `path`, if it was read since the page was opened.
pub fn seen<T: Clone + 'static>(path: &str) -> Option<T> {
    seen_any(path)?.downcast_ref::<T>().cloned()
}

/// [`seen`] for code that exists once for all kinds.
pub fn seen_any(path: &str) -> Option<Rc<dyn Any>> {
    SEEN.with_borrow(|all| {
        all.iter()
            .find(|(url, _)| url == path)
            .map(|(_, value)| Rc::clone(value))
    })
}

/// Something was changed: what was read before may be wrong.
pub fn forget_seen() {
    SEEN.set(Vec::new());
    if let Some(ahead) = AHEAD.get() {
        (ahead.forget)();
    }
}

/// From now on answers are looked for there first.
pub(super) fn look_ahead(ahead: &'static Ahead) {
    AHEAD.set(Some(ahead));
}

/// Remembers what is shown for `path`, so that going back shows the same.
pub fn keep<T: 'static>(path: &str, value: T) {
    keep_any(path, Rc::new(value));
}

/// [`keep`] for code that exists once for all kinds.
pub fn keep_any(path: &str, value: Rc<dyn Any>) {
    SEEN.with_borrow_mut(|all| {
        all.retain(|(url, _)| url != path);
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((path.to_owned(), value));
    });
}

/// `GET`, from the page's own preload if it is there.
pub async fn get<T: Wire + Clone + 'static>(path: &str) -> Result<T, ApiError> {
    get_with(path, &Cancel::new()).await
}

/// `GET` that can be given up.
pub async fn get_with<T: Wire + Clone + 'static>(path: &str, cancel: &Cancel) -> Result<T, ApiError> {
    let value = get_any(path, cancel, read_any::<T>).await?;
    value
        .downcast_ref::<T>()
        .cloned()
        .ok_or(ApiError::Unreadable { status: 200 })
}

/// [`get_with`] for code that exists once for all kinds.
pub async fn get_any(path: &str, cancel: &Cancel, reader: Reader) -> Result<Rc<dyn Any>, ApiError> {
    if let Some(ready) = take_preloaded_any(path, reader) {
        return Ok(ready);
    }
    let early = AHEAD.get().and_then(|ahead| (ahead.take)(path));
    let early = match early {
        Some(early) => early.await,
        None => None,
    };
    if cancel.is_cancelled() {
        return Err(ApiError::Aborted);
    }
    let (status, text) = match early {
        Some(found) => found,
        None => exchange(Method::GET, path, None, &[], cancel).await?,
    };
    let value = reader(&text).ok_or(ApiError::Unreadable { status })?;
    keep_any(path, Rc::clone(&value));
    Ok(value)
}

/// A changing request with a JSON body and a JSON answer.
pub async fn send<B: Serialize, T: Wire>(
    method: Method,
    path: &str,
    body: &B,
    headers: &[(&str, &str)],
) -> Result<T, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| ApiError::Unreadable { status: 0 })?;
    send_body(method, path, body, headers).await
}

/// The same with a body that is JSON already.
pub async fn send_body<T: Wire>(
    method: Method,
    path: &str,
    body: String,
    headers: &[(&str, &str)],
) -> Result<T, ApiError> {
    let (status, text) = send_text(method, path, Some(body), headers).await?;
    parse(status, &text)
}

/// A changing request whose answer has no content.
pub async fn send_quiet(
    method: Method,
    path: &str,
    body: Option<String>,
    headers: &[(&str, &str)],
) -> Result<(), ApiError> {
    send_text(method, path, body, headers).await.map(|_| ())
}

async fn send_text(method: Method, path: &str, body: Option<String>, headers: &[(&str, &str)]) -> Outcome {
    let answer = exchange(method, path, body, headers, &Cancel::new()).await?;
    forget_seen();
    Ok(answer)
}

/// Reads a body of success.
pub(super) fn parse<T: Wire>(status: u16, text: &str) -> Result<T, ApiError> {
    wire::read(text).ok_or(ApiError::Unreadable { status })
}

/// Reads a body of failure.
pub(super) fn refusal(status: u16, text: &str) -> ApiError {
    match wire::read::<Problem>(text) {
        Some(problem) => ApiError::Problem(Box::new(problem)),
        None => ApiError::Unreadable { status },
    }
}

/// The exchange itself, not generic: it exists once in the bundle.
pub(super) async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    headers: &[(&str, &str)],
    cancel: &Cancel,
) -> Outcome {
    let mut address = String::with_capacity(BASE.len() + path.len());
    address.push_str(BASE);
    address.push_str(path);
    let mut builder = RequestBuilder::new(&address)
        .method(method)
        .header("Accept", "application/json")
        .header("X-Requested-With", "liaison")
        .abort_signal(cancel.0.as_ref().map(AbortController::signal).as_ref());
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let request = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let Ok(request) = request else {
        return Err(ApiError::Offline);
    };

    let late = Rc::new(Cell::new(false));
    let done = Rc::new(Cell::new(false));
    {
        let (late, done, cancel) = (Rc::clone(&late), Rc::clone(&done), cancel.clone());
        set_timeout(
            move || {
                if !done.get() {
                    late.set(true);
                    cancel.cancel();
                }
            },
            TIME_LIMIT,
        );
    }
    let outcome = match request.send().await {
        Ok(response) => read(response).await,
        Err(_) => Err(ApiError::Offline),
    };
    done.set(true);
    match outcome {
        Err(_) if late.get() => Err(ApiError::Timeout),
        Err(ApiError::Offline) if cancel.is_cancelled() => Err(ApiError::Aborted),
        other => other,
    }
}

/// Lets the boot script know which build the server has: it goes over to it at a good moment.
fn note_build(response: &Response) {
    if let (Some(build), Some(root)) = (response.headers().get("x-app-version"), document().document_element()) {
        let _ = root.set_attribute("data-served", &build);
    }
}

async fn read(response: Response) -> Outcome {
    let status = response.status();
    note_build(&response);
    let Ok(text) = response.text().await else {
        return Err(ApiError::Offline);
    };
    if response.ok() {
        Ok((status, text))
    } else {
        Err(refusal(status, &text))
    }
}
