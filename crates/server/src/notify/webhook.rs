//! A signed `POST` to one configured address: the way to gateways for text messages, `WeChat`, `DingTalk` and whatever comes.
//!
//! Redirects are not followed and nothing of the answer is read but its status: the other side cannot make us ask
//! anybody else, nor fill our memory.

use super::{AddressKind, Channel, Outgoing, Receipt, SendError, Sending, trust};
use crate::auth::secret;
use crate::clock::Clock;
use crate::config::{WebhookAddress, WebhookConfig};
use axum::http::{Method, Request, Uri, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use liaison_domain::notify::ChannelKind;
use serde::Serialize;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Longest head of an answer.
const HEAD: usize = 16 * 1024;

/// A gateway.
pub struct Webhook {
    config: WebhookConfig,
    clock: Clock,
    /// For https.
    tls: Option<TlsConnector>,
}

#[derive(Serialize)]
struct Post<'a> {
    id: &'a str,
    channel: &'a str,
    to: &'a str,
    urgent: bool,
    subject: &'a str,
    text: &'a str,
}

impl Webhook {
    /// `authorities`: trusted besides those whom this machine trusts.
    pub fn new(config: &WebhookConfig, clock: &Clock, authorities: &[CertificateDer<'static>]) -> Result<Self, String> {
        let tls = match config.url.scheme_str() {
            Some("https") => Some(connector(authorities)?),
            _ => None,
        };
        Ok(Self {
            config: config.clone(),
            clock: clock.clone(),
            tls,
        })
    }

    fn request(&self, message: &Outgoing) -> Option<Request<Full<Bytes>>> {
        let url = &self.config.url;
        let body = serde_json::to_vec(&Post {
            id: &message.key,
            channel: &self.config.channel,
            to: &message.to,
            urgent: message.urgent,
            subject: &message.subject,
            text: &message.text,
        })
        .ok()?;
        let timestamp = (self.clock.now() / 1000).to_string();
        Request::builder()
            .method(Method::POST)
            .uri(url.path_and_query().map_or("/", |path| path.as_str()))
            .header(header::HOST, host_of(url))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", &message.key)
            .header("liaison-signature", sign(&self.config.secret, &timestamp, &body))
            .header("liaison-timestamp", timestamp)
            .body(Full::new(Bytes::from(body)))
            .ok()
    }

    async fn post(&self, message: &Outgoing) -> Result<u16, SendError> {
        let request = self
            .request(message)
            .ok_or_else(|| SendError::Permanent("not_writable".to_owned()))?;
        let url = &self.config.url;
        let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_u16().unwrap_or(if self.tls.is_some() { 443 } else { 80 });
        let line = TcpStream::connect((host, port))
            .await
            .map_err(|_| temporary("unreachable"))?;
        match &self.tls {
            None => exchange(line, request).await,
            Some(tls) => {
                let name = ServerName::try_from(host.to_owned()).map_err(|_| temporary("tls"))?;
                let line = tls
                    .connect(name, line)
                    .await
                    .map_err(|error| temporary(trust::code_of(&error).unwrap_or("unreachable")))?;
                exchange(line, request).await
            }
        }
    }
}

impl Channel for Webhook {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    fn needs(&self) -> AddressKind {
        match self.config.address {
            WebhookAddress::Account => AddressKind::Account,
            WebhookAddress::Phone => AddressKind::Phone,
        }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> Sending<'a> {
        Box::pin(async move {
            let status = tokio::time::timeout(self.config.timeout, self.post(message))
                .await
                .map_err(|_| temporary("timeout"))??;
            let said = format!("http_{status}");
            match status {
                200..300 => Ok(Receipt(said)),
                408 | 425 | 429 | 500.. => Err(SendError::Temporary(said)),
                _ => Err(SendError::Permanent(said)),
            }
        })
    }
}

async fn exchange<L>(line: L, request: Request<Full<Bytes>>) -> Result<u16, SendError>
where
    L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEAD)
        .handshake(TokioIo::new(line))
        .await
        .map_err(|_| temporary("unreachable"))?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    connection.abort();
    answer
        .map(|answer| answer.status().as_u16())
        .map_err(|_| temporary("unreachable"))
}

fn temporary(why: &str) -> SendError {
    SendError::Temporary(why.to_owned())
}

/// Host and port as the `Host` header tells them.
pub(crate) fn host_of(url: &Uri) -> String {
    let host = url.host().unwrap_or_default();
    url.port_u16()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// `v1=` and HMAC-SHA-256 over time and body; the time keeps an old post from being sent again by somebody else.
fn sign(key: &str, timestamp: &str, body: &[u8]) -> String {
    let signed = [timestamp.as_bytes(), b".", body].concat();
    ["v1=", &secret::hex(&secret::hmac(key.as_bytes(), &signed))].concat()
}

/// Trusts whom this machine trusts, and the station's own authorities.
pub(crate) fn connector(authorities: &[CertificateDer<'static>]) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for authority in authorities {
        roots
            .add(authority.clone())
            .map_err(|e| format!("webhook: notify.ca_file: {e}"))?;
    }
    if roots.is_empty() {
        return Err("webhook: this machine has no certificates to check an https address by".to_owned());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| format!("webhook: {e}"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_covers_time_and_body() {
        let signature = sign("a-secret-of-a-test", "1795399200", b"{}");
        assert_eq!(signature.len(), 3 + 64);
        assert_ne!(signature, sign("a-secret-of-a-test", "1795399201", b"{}"));
        assert_ne!(signature, sign("a-secret-of-a-test", "1795399200", b"{ }"));
        assert_ne!(signature, sign("another-secret-of-a", "1795399200", b"{}"));
    }
}
