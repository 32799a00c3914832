//! Lines to other machines that the configuration names. Redirects are not followed and answers are bounded: the other
//! side cannot make us ask anybody else, nor fill our memory.

use crate::notify::trust;
use axum::http::{Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Longest head of an answer.
const HEAD: usize = 16 * 1024;

/// A machine we talk to, and whom we believe that it is the one.
pub struct Peer {
    url: Uri,
    /// For https.
    tls: Option<TlsConnector>,
}

/// Why there was no answer: a short code without anything that was sent.
pub type Failure = &'static str;

impl Peer {
    /// `authorities`: trusted besides those whom this machine trusts. `setting` names the peer in errors.
    pub fn new(url: &Uri, authorities: &[CertificateDer<'static>], setting: &str) -> Result<Self, String> {
        let tls = match url.scheme_str() {
            Some("https") => Some(connector(authorities, setting)?),
            _ => None,
        };
        Ok(Self { url: url.clone(), tls })
    }

    /// Sends one request over a line of its own and gives the answer's status, and its body up to `most` bytes.
    pub async fn ask(
        &self,
        request: Request<Full<Bytes>>,
        most: usize,
        timeout: Duration,
    ) -> Result<(u16, Bytes), Failure> {
        let asked = async {
            let mut line = self.open().await?;
            let answer = line.sender.send_request(request).await.map_err(|_| "unreachable")?;
            let status = answer.status().as_u16();
            let body = read(answer.into_body(), most).await?;
            Ok((status, body))
        };
        tokio::time::timeout(timeout, asked).await.map_err(|_| "timeout")?
    }

    /// The host as a request names it.
    pub fn host(&self) -> String {
        let host = self.url.host().unwrap_or_default();
        self.url
            .port_u16()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    async fn open(&self) -> Result<Line, Failure> {
        let host = self.url.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = self.url.port_u16().unwrap_or(if self.tls.is_some() { 443 } else { 80 });
        let line = TcpStream::connect((host, port)).await.map_err(|_| "unreachable")?;
        let Some(tls) = &self.tls else {
            return speak(line).await;
        };
        let name = ServerName::try_from(host.to_owned()).map_err(|_| "tls")?;
        let line = tls
            .connect(name, line)
            .await
            .map_err(|error| trust::code_of(&error).unwrap_or("unreachable"))?;
        speak(line).await
    }
}

/// A line in use; it ends with this.
struct Line {
    sender: http1::SendRequest<Full<Bytes>>,
    connection: AbortHandle,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

async fn speak<L>(line: L) -> Result<Line, Failure>
where
    L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake(TokioIo::new(line))
        .await
        .map_err(|_| "unreachable")?;
    let connection = tokio::spawn(connection).abort_handle();
    Ok(Line { sender, connection })
}

/// The body; none of it where nothing of it is wanted.
async fn read(body: Incoming, most: usize) -> Result<Bytes, Failure> {
    if most == 0 {
        return Ok(Bytes::new());
    }
    let body = Limited::new(body, most).collect().await.map_err(|_| "unreadable")?;
    Ok(body.to_bytes())
}

/// Trusts whom this machine trusts, and the station's own authorities.
fn connector(authorities: &[CertificateDer<'static>], setting: &str) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for authority in authorities {
        roots
            .add(authority.clone())
            .map_err(|e| format!("{setting}: notify.ca_file: {e}"))?;
    }
    if roots.is_empty() {
        return Err(format!(
            "{setting}: this machine has no certificates to check an https address by"
        ));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| format!("{setting}: {e}"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
