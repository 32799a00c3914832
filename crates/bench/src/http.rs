//! The least of an HTTP client: one connection kept alive, one request after the other. It costs the machine little, so
//! that what is measured is the server.

use crate::{Failure, Result};
use std::fmt::Write as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection with what was read ahead.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// A request as it travels.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
    for (name, value) in headers {
        // Writing to a String cannot fail.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if !body.is_empty() {
        let _ = write!(
            text,
            "content-type: application/json\r\nx-requested-with: liaison\r\ncontent-length: {}\r\n",
            body.len()
        );
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

impl Connection {
    pub async fn open(addr: &str) -> Result<Self> {
        let stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request and reads its whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let end = self.until(b"\r\n\r\n", 0).await?;
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        self.buffer.drain(..end);
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .ok_or("no status")?;
        let header = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .map(str::trim)
        };
        let body = if header("transfer-encoding") == Some("chunked") {
            self.chunks().await?
        } else {
            let length = header("content-length").map_or(Ok(0), str::parse)?;
            self.exactly(length).await?
        };
        Ok(Answer { status, body })
    }

    /// Sends a request whose answer does not end, and reads its head; [`Self::chunk`] brings the rest piece by piece.
    pub async fn begin(&mut self, request: &[u8]) -> Result {
        self.stream.write_all(request).await?;
        let end = self.until(b"\r\n\r\n", 0).await?;
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        self.buffer.drain(..end);
        if head.starts_with("http/1.1 200") && head.contains("transfer-encoding: chunked") {
            Ok(())
        } else {
            Err(Failure::from(format!("not a stream: {head}")))
        }
    }

    /// The next piece of such an answer. Given up in between, it loses nothing.
    pub async fn chunk(&mut self) -> Result<Vec<u8>> {
        let end = self.until(b"\r\n", 0).await?;
        let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let length = usize::from_str_radix(line.trim().split(';').next().unwrap_or_default(), 16)?;
        if length == 0 {
            return Err(Failure::from("the stream ended"));
        }
        while self.buffer.len() < end + length + 2 {
            self.more().await?;
        }
        let piece = self.buffer[end..end + length].to_vec();
        self.buffer.drain(..end + length + 2);
        Ok(piece)
    }

    async fn more(&mut self) -> Result {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(Failure::from("the server closed the connection"));
        }
        Ok(())
    }

    /// Where `mark` ends, at or behind `from`.
    async fn until(&mut self, mark: &[u8], from: usize) -> Result<usize> {
        let mut seen = from;
        loop {
            let start = seen.saturating_sub(mark.len());
            if let Some(at) = self.buffer[start.max(from)..]
                .windows(mark.len())
                .position(|w| w == mark)
            {
                return Ok(start.max(from) + at + mark.len());
            }
            seen = self.buffer.len();
            self.more().await?;
        }
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.more().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = self.until(b"\r\n", 0).await?;
            let line = self.exactly(end).await?;
            let text = String::from_utf8_lossy(&line);
            let length = usize::from_str_radix(text.trim().split(';').next().unwrap_or_default(), 16)?;
            let chunk = self.exactly(length + 2).await?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}
