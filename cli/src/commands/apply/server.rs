//! Answers one question over loopback: which credentials? The protocol is one request and one answer of HTTP/1.1, so there is no need for a web
//! server with an async runtime.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::credentials::Vended;
use crate::fail::Failure;

/// Most bytes of a request. SDKs send about 300.
const MAX_REQUEST: usize = 8 * 1024;
/// How long a client may take. Others wait meanwhile.
const PATIENCE: Duration = Duration::from_secs(2);

/// A listener on loopback, with a token that only the command knows.
pub(super) struct Server {
    listener: TcpListener,
    at: SocketAddr,
    token: String,
    done: AtomicBool,
}

impl Server {
    pub(super) fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Failure::unavailable)?;
        let at = listener.local_addr().map_err(Failure::unavailable)?;
        let mut token = [0_u8; 32];
        getrandom::fill(&mut token).map_err(Failure::unavailable)?;
        Ok(Self { listener, at, token: hex::encode(token), done: AtomicBool::new(false) })
    }

    pub(super) fn address(&self) -> String {
        format!("http://{}/credentials", self.at)
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Answers until [`Self::stop`].
    pub(super) fn serve(&self, vended: &Vended<'_>) {
        for stream in self.listener.incoming() {
            if self.done.load(Ordering::SeqCst) {
                return;
            }
            if let Ok(stream) = stream {
                // A client that goes away asks again.
                drop(self.answer(stream, vended));
            }
        }
    }

    pub(super) fn stop(&self) {
        self.done.store(true, Ordering::SeqCst);
        // Wakes the listener.
        drop(TcpStream::connect(self.at));
    }

    fn answer(&self, mut stream: TcpStream, vended: &Vended<'_>) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = head(&mut stream)?;
        let (status, body) = if !self.knows(&head) {
            (
                "403 Forbidden",
                r#"{"Code":"AccessDenied","Message":"wrong token or path"}"#.to_owned(),
            )
        } else if let Some(answer) = vended.answer(Timestamp::now()) {
            ("200 OK", answer.to_string())
        } else {
            let gone = r#"{"Code":"ExpiredToken","Message":"the fleet gives no more credentials"}"#;
            ("503 Service Unavailable", gone.to_owned())
        };
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n{body}"
        )
    }

    /// Whether a request is for this path, with the token.
    fn knows(&self, head: &str) -> bool {
        let mut lines = head.split("\r\n");
        let wanted = lines.next().is_some_and(|line| line.starts_with("GET /credentials "));
        let token = lines.find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("authorization").then(|| value.trim())
        });
        // Digests, so that the time of the comparison says nothing about the token.
        let digest = |text: &str| Sha256::digest(text.as_bytes());
        wanted && token.is_some_and(|token| digest(token) == digest(&self.token))
    }
}

/// The request line and the headers.
fn head(stream: &mut TcpStream) -> std::io::Result<String> {
    let (mut head, mut buffer) = (Vec::new(), [0_u8; 1024]);
    let started = std::time::Instant::now();
    while head.len() < MAX_REQUEST && started.elapsed() < PATIENCE {
        let read = stream.read(&mut buffer)?;
        head.extend_from_slice(&buffer[..read]);
        if let Some(end) = head.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            head.truncate(end);
            return Ok(String::from_utf8_lossy(&head).into_owned());
        }
        if read == 0 {
            break;
        }
    }
    Err(std::io::ErrorKind::InvalidData.into())
}
