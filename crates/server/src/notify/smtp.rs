//! Mail, handed to the station's own mail server.

use super::{AddressKind, Channel, Outgoing, Receipt, SendError, Sending, trust};
use crate::config::{SmtpConfig, SmtpTls};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use liaison_domain::notify::ChannelKind;
use std::time::Duration;
use tokio_rustls::rustls::pki_types::CertificateDer;

/// Longest wait for each answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest time for a whole message.
const WHOLE: Duration = Duration::from_mins(1);
/// Answers that speak of our login, not of the message: somebody will put it right.
const LOGIN: [&str; 5] = ["454", "530", "534", "535", "538"];

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// `authorities`: trusted besides those whom this machine trusts.
    pub fn new(config: &SmtpConfig, authorities: &[CertificateDer<'static>]) -> Result<Self, String> {
        let parameters = || -> Result<TlsParameters, smtp::Error> {
            let mut builder = TlsParameters::builder(config.host.clone());
            for authority in authorities {
                builder = builder.add_root_certificate(Certificate::from_der(authority.to_vec())?);
            }
            builder.build_rustls()
        };
        let parameters = || parameters().map_err(|e| format!("mail: {e}"));
        let tls = match config.tls {
            SmtpTls::Starttls => Tls::Required(parameters()?),
            SmtpTls::Tls => Tls::Wrapper(parameters()?),
            SmtpTls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .timeout(Some(PATIENCE))
            .tls(tls);
        if let Some((user, password)) = &config.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            transport: builder.build(),
            from: config.from.clone(),
        })
    }

    fn message(&self, message: &Outgoing) -> Option<Message> {
        let id = ["<", &message.key, "@", self.from.email.domain(), ">"].concat();
        let mut mail = Message::builder()
            .from(self.from.clone())
            .to(message.to.parse().ok()?)
            .subject(message.subject.as_str())
            .message_id(Some(id))
            .date_now()
            .header(ContentType::TEXT_PLAIN)
            .body(message.text.clone())
            .ok()?;
        // No holiday notice answers it (RFC 3834).
        mail.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
        Some(mail)
    }
}

impl Channel for Smtp {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Email
    }

    fn needs(&self) -> AddressKind {
        AddressKind::Email
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> Sending<'a> {
        Box::pin(async move {
            let mail = self
                .message(message)
                .ok_or_else(|| SendError::Permanent("address_wrong".to_owned()))?;
            match tokio::time::timeout(WHOLE, self.transport.send(mail)).await {
                Ok(Ok(answer)) => Ok(Receipt(answer.code().to_string())),
                Ok(Err(error)) => Err(refused(&error)),
                Err(_) => Err(SendError::Temporary("timeout".to_owned())),
            }
        })
    }
}

/// The server's words may name the address, so only its number is kept.
fn refused(error: &smtp::Error) -> SendError {
    match error.status().map(|code| code.to_string()) {
        Some(code) if error.is_permanent() && !LOGIN.contains(&code.as_str()) => {
            SendError::Permanent(["smtp_", &code].concat())
        }
        Some(code) => SendError::Temporary(["smtp_", &code].concat()),
        None if error.is_timeout() => SendError::Temporary("timeout".to_owned()),
        // It does not offer what the configuration asks for: to guard the line, or a way to log in.
        None if error.is_client() => SendError::Temporary("mail_settings".to_owned()),
        None => SendError::Temporary(trust::code_of(error).unwrap_or("unreachable").to_owned()),
    }
}
