//! A mail server and a gateway, small and real: they listen on loopback, speak the protocol, and keep what they got.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A mail as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// Head and body, with the dots as they were before stuffing.
    pub data: String,
}

impl Mail {
    /// A line of the head, unfolded, its encoded words read.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
        let start = format!("{}:", name.to_lowercase());
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&start));
        let value = line.map_or("", |line| line[start.len()..].trim());
        words(value)
    }

    /// The text, whatever way it travelled.
    pub fn text(&self) -> String {
        let body = self.data.split_once("\n\n").map_or("", |(_, body)| body);
        match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => String::from_utf8(base64(body)).expect("UTF-8").replace("\r\n", "\n"),
            "quoted-printable" => String::from_utf8(quoted(body)).expect("UTF-8"),
            _ => body.to_owned(),
        }
    }
}

/// Encoded words (RFC 2047), as far as our mails have them; blanks between two of them are none.
fn words(value: &str) -> String {
    let mut text = Vec::new();
    let mut rest = value;
    while let Some((before, encoded)) = rest.split_once("=?utf-8?b?") {
        if !before.trim().is_empty() {
            text.extend_from_slice(before.as_bytes());
        }
        let (word, after) = encoded.split_once("?=").expect("an end");
        text.extend(base64(word));
        rest = after;
    }
    text.extend_from_slice(rest.as_bytes());
    String::from_utf8(text).expect("UTF-8")
}

fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(value) {
        bits = (bits << 6) | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}

fn quoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let pair = [rest.next().expect("a digit"), rest.next().expect("a digit")];
            let digits = std::str::from_utf8(&pair).expect("digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("a number"));
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

/// An authority that nobody knows but who is told of it.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params
            .distinguished_name
            .push(DnType::CommonName, "an authority of this test");
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    /// Its certificate, as a file.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// The server's side of guarded lines, with a certificate for this name.
    pub fn guards(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let own = params.signed_by(&key, &self.0).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![own.der().clone()], key)
            .expect("a certificate with its key");
        TlsAcceptor::from(Arc::new(config))
    }
}

/// How a mail server guards its lines.
#[derive(Clone)]
pub enum Guard {
    Not,
    /// From the first byte.
    Tls(TlsAcceptor),
    /// Once it is asked to.
    Starttls(TlsAcceptor),
}

/// A mail server that answers the recipient as it is told to.
pub struct MailServer {
    pub port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    answer: Arc<Mutex<&'static str>>,
}

impl MailServer {
    pub async fn start() -> Self {
        Self::guarded(Guard::Not).await
    }

    pub async fn guarded(guard: Guard) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Self {
            port: listener.local_addr().expect("an address").port(),
            mails: Arc::default(),
            answer: Arc::new(Mutex::new("250 fine")),
        };
        let (mails, answer) = (Arc::clone(&server.mails), Arc::clone(&server.answer));
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let (mails, answer, guard) = (Arc::clone(&mails), Arc::clone(&answer), guard.clone());
                tokio::spawn(async move {
                    // A client that hangs up has said what it wanted.
                    let _ = receive(line, guard, &mails, &answer).await;
                });
            }
        });
        server
    }

    /// What it says to each recipient from now on.
    pub fn answers(&self, line: &'static str) {
        *self.answer.lock().expect("a lock") = line;
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("a lock").clone()
    }
}

async fn receive(
    line: TcpStream,
    guard: Guard,
    mails: &Mutex<Vec<Mail>>,
    answer: &Mutex<&'static str>,
) -> std::io::Result<()> {
    const HELLO: &[u8] = b"220 mail.example ESMTP\r\n";
    match guard {
        Guard::Not => {
            let mut line = BufReader::new(line);
            line.write_all(HELLO).await?;
            line.flush().await?;
            converse(line, mails, answer).await
        }
        Guard::Tls(acceptor) => {
            let mut line = BufReader::new(acceptor.accept(line).await?);
            line.write_all(HELLO).await?;
            line.flush().await?;
            converse(line, mails, answer).await
        }
        Guard::Starttls(acceptor) => {
            let mut open = BufReader::new(line);
            open.write_all(HELLO).await?;
            loop {
                let mut said = String::new();
                if open.read_line(&mut said).await? == 0 {
                    return Ok(());
                }
                let reply: &[u8] = match said.trim_end().split(' ').next().unwrap_or_default() {
                    "EHLO" => b"250-mail.example\r\n250 STARTTLS\r\n",
                    "STARTTLS" => break,
                    // Nothing of a mail on an open line.
                    _ => b"530 guard the line first\r\n",
                };
                open.write_all(reply).await?;
            }
            open.write_all(b"220 go on\r\n").await?;
            converse(BufReader::new(acceptor.accept(open.into_inner()).await?), mails, answer).await
        }
    }
}

async fn converse<L: AsyncRead + AsyncWrite + Unpin>(
    mut line: BufReader<L>,
    mails: &Mutex<Vec<Mail>>,
    answer: &Mutex<&'static str>,
) -> std::io::Result<()> {
    let mut mail = Mail::default();
    loop {
        let mut said = String::new();
        if line.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        let said = said.trim_end().to_owned();
        let reply = match said.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-mail.example\r\n250 8BITMIME".to_owned(),
            "MAIL" => {
                mail.from = said;
                "250 fine".to_owned()
            }
            "RCPT" => {
                mail.to = said;
                (*answer.lock().expect("a lock")).to_owned()
            }
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                line.flush().await?;
                loop {
                    let mut part = String::new();
                    line.read_line(&mut part).await?;
                    if part == ".\r\n" {
                        break;
                    }
                    let plain = part.strip_prefix('.').unwrap_or(&part);
                    mail.data.push_str(&plain.replace("\r\n", "\n"));
                }
                mails.lock().expect("a lock").push(std::mem::take(&mut mail));
                "250 kept".to_owned()
            }
            "QUIT" => {
                line.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 fine".to_owned(),
        };
        line.write_all(format!("{reply}\r\n").as_bytes()).await?;
        line.flush().await?;
    }
}

/// A post as it arrived.
#[derive(Clone, Debug)]
pub struct Post {
    pub head: String,
    pub body: String,
}

impl Post {
    pub fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// A gateway that answers as it is told to.
pub struct Gateway {
    pub url: String,
    posts: Arc<Mutex<Vec<Post>>>,
    answer: Arc<Mutex<&'static str>>,
}

impl Gateway {
    pub async fn start() -> Self {
        Self::guarded(None).await
    }

    /// By https when there is somebody to guard its lines.
    pub async fn guarded(guard: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let scheme = if guard.is_some() { "https" } else { "http" };
        let at = listener.local_addr().expect("an address");
        let server = Self {
            url: format!("{scheme}://{at}/notices?v=1"),
            posts: Arc::default(),
            answer: Arc::new(Mutex::new("204 No Content\r\n")),
        };
        let (posts, answer) = (Arc::clone(&server.posts), Arc::clone(&server.answer));
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let (posts, answer, guard) = (Arc::clone(&posts), Arc::clone(&answer), guard.clone());
                tokio::spawn(async move {
                    let _ = match guard {
                        None => take(line, &posts, &answer).await,
                        Some(guard) => match guard.accept(line).await {
                            Ok(line) => take(line, &posts, &answer).await,
                            Err(error) => Err(error),
                        },
                    };
                });
            }
        });
        server
    }

    /// Status line and headers from now on.
    pub fn answers(&self, head: &'static str) {
        *self.answer.lock().expect("a lock") = head;
    }

    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().expect("a lock").clone()
    }
}

async fn take<L: AsyncRead + AsyncWrite + Unpin>(
    line: L,
    posts: &Mutex<Vec<Post>>,
    answer: &Mutex<&'static str>,
) -> std::io::Result<()> {
    let mut line = BufReader::new(line);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if line.read_line(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let mut post = Post {
        head,
        body: String::new(),
    };
    let mut body = vec![0; post.header("content-length").parse().unwrap_or(0)];
    line.read_exact(&mut body).await?;
    post.body = String::from_utf8(body).expect("UTF-8");
    posts.lock().expect("a lock").push(post);
    let head = *answer.lock().expect("a lock");
    line.write_all(format!("HTTP/1.1 {head}Content-Length: 0\r\n\r\n").as_bytes())
        .await?;
    line.flush().await
}
