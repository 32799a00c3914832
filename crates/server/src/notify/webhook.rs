//! A signed `POST` to one configured address: the way to gateways for text messages, `WeChat`, `DingTalk` and whatever comes.
//!
//! Redirects are not followed and nothing of the answer is read but its status: the other side cannot make us ask
//! anybody else, nor fill our memory.

use super::{AddressKind, Channel, Outgoing, Receipt, SendError, Sending};
use crate::auth::secret;
use crate::clock::Clock;
use crate::config::{WebhookAddress, WebhookConfig};
use crate::outbound::Peer;
use axum::http::{Method, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use liaison_domain::notify::ChannelKind;
use serde::Serialize;
use tokio_rustls::rustls::pki_types::CertificateDer;

/// A gateway.
pub struct Webhook {
    config: WebhookConfig,
    clock: Clock,
    gateway: Peer,
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
        Ok(Self {
            config: config.clone(),
            clock: clock.clone(),
            gateway: Peer::new(&config.url, authorities, "webhook")?,
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
            .header(header::HOST, self.gateway.host())
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
        let answer = self.gateway.ask(request, 0, self.config.timeout).await;
        answer.map(|(status, _)| status).map_err(temporary)
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
            let status = self.post(message).await?;
            let said = format!("http_{status}");
            match status {
                200..300 => Ok(Receipt(said)),
                408 | 425 | 429 | 500.. => Err(SendError::Temporary(said)),
                _ => Err(SendError::Permanent(said)),
            }
        })
    }
}

fn temporary(why: &str) -> SendError {
    SendError::Temporary(why.to_owned())
}

/// `v1=` and HMAC-SHA-256 over time and body; the time keeps an old post from being sent again by somebody else.
fn sign(key: &str, timestamp: &str, body: &[u8]) -> String {
    let signed = [timestamp.as_bytes(), b".", body].concat();
    ["v1=", &secret::hex(&secret::hmac(key.as_bytes(), &signed))].concat()
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
