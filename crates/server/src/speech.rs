//! A service that turns recordings into text, where one is configured. What it says stands as a machine's until somebody
//! at the office has confirmed it.
//!
//! The recording is the body of one `POST`, its kind the content type; the answer is `{"text": "…"}`. Redirects are not
//! followed, and no more of an answer is read than a transcript may hold. A recording is somebody's voice: whoever
//! configures a service decides that it may hear it.

use crate::config::{Config, SpeechConfig};
use crate::notify::{connector, host_of, own_authorities};
use axum::http::{Method, Request, Response, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

/// Longest answer, in bytes.
const ANSWER: usize = 64 * 1024;

/// The service.
pub struct Speech {
    config: SpeechConfig,
    /// For https.
    tls: Option<TlsConnector>,
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
        let tls = match speech.url.scheme_str() {
            Some("https") => Some(connector(&own_authorities(config.notify.ca_file.as_deref())?)?),
            _ => None,
        };
        Ok(Some(Self {
            config: speech.clone(),
            tls,
        }))
    }

    /// The words of a recording.
    pub async fn write_down(&self, mime: &str, sound: Vec<u8>) -> Result<String, Unheard> {
        let asked = tokio::time::timeout(self.config.timeout, self.ask(mime, sound));
        asked.await.map_err(|_| unheard("timeout"))?
    }

    async fn ask(&self, mime: &str, sound: Vec<u8>) -> Result<String, Unheard> {
        let url = &self.config.url;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(url.path_and_query().map_or("/", |path| path.as_str()))
            .header(header::HOST, host_of(url))
            .header(header::CONTENT_TYPE, mime)
            .header(header::ACCEPT, "application/json");
        if let Some(token) = &self.config.token {
            request = request.header(header::AUTHORIZATION, ["Bearer ", token].concat());
        }
        let request = request
            .body(Full::new(Bytes::from(sound)))
            .map_err(|_| unheard("not_writable"))?;
        let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_u16().unwrap_or(if self.tls.is_some() { 443 } else { 80 });
        let line = TcpStream::connect((host, port))
            .await
            .map_err(|_| unheard("unreachable"))?;
        match &self.tls {
            None => exchange(line, request).await,
            Some(tls) => {
                let name = ServerName::try_from(host.to_owned()).map_err(|_| unheard("tls"))?;
                let line = tls.connect(name, line).await.map_err(|_| unheard("tls"))?;
                exchange(line, request).await
            }
        }
    }
}

async fn exchange<L>(line: L, request: Request<Full<Bytes>>) -> Result<String, Unheard>
where
    L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(line))
        .await
        .map_err(|_| unheard("unreachable"))?;
    let connection = tokio::spawn(connection);
    let words = match sender.send_request(request).await {
        Ok(answer) => read(answer).await,
        Err(_) => Err(unheard("unreachable")),
    };
    connection.abort();
    words
}

async fn read(answer: Response<Incoming>) -> Result<String, Unheard> {
    let status = answer.status();
    if !status.is_success() {
        return Err(Unheard(format!("http_{}", status.as_u16())));
    }
    let body = Limited::new(answer.into_body(), ANSWER)
        .collect()
        .await
        .map_err(|_| unheard("too_long"))?;
    let answer: Answer = serde_json::from_slice(&body.to_bytes()).map_err(|_| unheard("not_json"))?;
    Ok(answer.text)
}

fn unheard(why: &str) -> Unheard {
    Unheard(why.to_owned())
}
