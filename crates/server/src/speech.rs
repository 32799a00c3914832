//! A service that turns recordings into text, where one is configured. What it says stands as a machine's until somebody
//! at the office has confirmed it.
//!
//! The recording is the body of one `POST`, its kind the content type; the answer is `{"text": "…"}`. Redirects are not
//! followed, and no more of an answer is read than a transcript may hold. A recording is somebody's voice: whoever
//! configures a service decides that it may hear it.

use crate::config::{Config, SpeechConfig};
use crate::notify::own_authorities;
use crate::outbound::Peer;
use axum::http::{Method, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use serde::Deserialize;

/// Longest answer, in bytes.
const ANSWER: usize = 64 * 1024;

/// The service.
pub struct Speech {
    config: SpeechConfig,
    peer: Peer,
}

/// Why a recording was not turned into text, as a short code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unheard(pub String);

#[derive(Deserialize)]
struct Answer {
    text: String,
}

impl Speech {
    /// The one that is configured; the error is one line for the person who starts the server.
    pub fn new(config: &Config) -> Result<Option<Self>, String> {
        let Some(speech) = &config.speech else { return Ok(None) };
        let authorities = own_authorities(config.notify.ca_file.as_deref())?;
        Ok(Some(Self {
            config: speech.clone(),
            peer: Peer::new(&speech.url, &authorities, "speech.url")?,
        }))
    }

    /// The words of a recording.
    pub async fn write_down(&self, mime: &str, sound: Vec<u8>) -> Result<String, Unheard> {
        let url = &self.config.url;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.path_and_query().map_or("/", |path| path.as_str()))
            .header(header::HOST, self.peer.host())
            .header(header::CONTENT_TYPE, mime)
            .header(header::ACCEPT, "application/json");
        if let Some(token) = &self.config.token {
            request = request.header(header::AUTHORIZATION, ["Bearer ", token].concat());
        }
        let request = request
            .body(Full::new(Bytes::from(sound)))
            .map_err(|_| unheard("not_writable"))?;
        let (status, body) = self
            .peer
            .ask(request, ANSWER, self.config.timeout)
            .await
            .map_err(unheard)?;
        if !(200..300).contains(&status) {
            return Err(Unheard(format!("http_{status}")));
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| unheard("not_json"))?;
        Ok(answer.text)
    }
}

fn unheard(why: &str) -> Unheard {
    Unheard(why.to_owned())
}
