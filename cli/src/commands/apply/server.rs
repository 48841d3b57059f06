//! Answers one question over loopback: which credentials? The protocol is one request and one answer of HTTP/1.1, so there is no need for a web
//! server with an async runtime.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::credentials::Vended;
use crate::fail::Failure;

/// Most bytes of a request. SDKs send about 300.
const MAX_REQUEST: usize = 8 * 1024;
/// How long a client may take for its request.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long the listener waits for the next client.
const PAUSE: Duration = Duration::from_millis(20);
/// Most clients at the same time.
const MAX_CLIENTS: usize = 32;

/// A listener on loopback, with a token that only the command knows.
pub(super) struct Server {
    listener: TcpListener,
    at: SocketAddr,
    token: String,
    done: AtomicBool,
    clients: AtomicUsize,
}

impl Server {
    pub(super) fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Failure::unavailable)?;
        listener.set_nonblocking(true).map_err(Failure::unavailable)?;
        let at = listener.local_addr().map_err(Failure::unavailable)?;
        let mut token = [0_u8; 32];
        getrandom::fill(&mut token).map_err(Failure::unavailable)?;
        let (done, clients) = (AtomicBool::new(false), AtomicUsize::new(0));
        Ok(Self { listener, at, token: hex::encode(token), done, clients })
    }

    pub(super) fn address(&self) -> String {
        format!("http://{}/credentials", self.at)
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Answers until [`Self::stop`]. Each client has a thread, so that one that says nothing keeps nobody waiting.
    pub(super) fn serve<'scope>(
        &'scope self,
        vended: &'scope Vended<'_>,
        scope: &'scope std::thread::Scope<'scope, '_>,
    ) {
        while !self.done.load(Ordering::SeqCst) {
            match self.listener.accept() {
                Ok((stream, _)) if self.clients.load(Ordering::SeqCst) < MAX_CLIENTS => {
                    self.clients.fetch_add(1, Ordering::SeqCst);
                    scope.spawn(move || {
                        // A client that goes away asks again.
                        drop(self.answer(stream, vended));
                        self.clients.fetch_sub(1, Ordering::SeqCst);
                    });
                }
                // One more than that is hung up on, and asks again.
                Ok(_) => {}
                // Nobody there. The listener does not block, so that nothing has to wake it at the end.
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    pub(super) fn stop(&self) {
        self.done.store(true, Ordering::SeqCst);
    }

    fn answer(&self, mut stream: TcpStream, vended: &Vended<'_>) -> std::io::Result<()> {
        stream.set_nonblocking(false)?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use headgate_api_types::permits::Credentials;
    use headgate_domain::environment::Width;
    use jiff::{SignedDuration, Timestamp};

    use super::{MAX_CLIENTS, Server};
    use crate::api::Api;
    use crate::commands::apply::credentials::Vended;

    /// Serves credentials that expire in an hour while `clients` runs. The fleet cannot be reached.
    fn serving(expires_in: SignedDuration, clients: impl FnOnce(&Server)) {
        let api = Api::nowhere();
        let credentials = Credentials {
            width: Width::Exact,
            access_key_id: "ASIA1".to_owned(),
            secret_access_key: "secret".to_owned(),
            session_token: "session".to_owned(),
            expires_at: Timestamp::now() + expires_in,
        };
        let vended = Vended::new(&api, (&"chg".into(), "p-1"), credentials);
        let server = Server::start().unwrap();
        std::thread::scope(|scope| {
            let (server, vended) = (&server, &vended);
            scope.spawn(move || server.serve(vended, scope));
            clients(server);
            server.stop();
        });
    }

    fn ask(server: &Server, head: &str) -> String {
        let mut stream = TcpStream::connect(server.at).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn request(path: &str, token: &str) -> String {
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nauthorization: {token}\r\n\r\n")
    }

    #[test]
    fn only_the_token_opens_it() {
        serving(SignedDuration::from_hours(1), |server| {
            let good = ask(server, &request("/credentials", server.token()));
            assert!(good.starts_with("HTTP/1.1 200 OK") && good.contains("\"ASIA1\""), "{good}");
            for head in [
                request("/credentials", "guess"),
                request("/credentials", ""),
                request("/other", server.token()),
                "GET /credentials HTTP/1.1\r\n\r\n".to_owned(),
                format!("POST /credentials HTTP/1.1\r\nAuthorization: {}\r\n\r\n", server.token()),
            ] {
                let answer = ask(server, &head);
                assert!(answer.starts_with("HTTP/1.1 403") && !answer.contains("ASIA1"), "{head}");
            }
        });
    }

    #[test]
    fn clients_that_say_nothing_keep_nobody_waiting() {
        serving(SignedDuration::from_hours(1), |server| {
            let silent: Vec<_> =
                (1..MAX_CLIENTS).map(|_| TcpStream::connect(server.at).unwrap()).collect();
            let began = std::time::Instant::now();
            let answer = ask(server, &request("/credentials", server.token()));
            assert!(answer.contains("200 OK") && began.elapsed() < super::PATIENCE, "{answer}");
            drop(silent);
        });
    }

    #[test]
    fn credentials_that_have_expired_are_not_given() {
        serving(SignedDuration::from_secs(-1), |server| {
            let answer = ask(server, &request("/credentials", server.token()));
            assert!(answer.starts_with("HTTP/1.1 503") && !answer.contains("ASIA1"), "{answer}");
        });
    }

    #[test]
    fn a_request_without_an_end_is_hung_up_on() {
        serving(SignedDuration::from_hours(1), |server| {
            let long = format!("GET /credentials HTTP/1.1\r\nx: {}", "y".repeat(20_000));
            let mut stream = TcpStream::connect(server.at).unwrap();
            // The server may hang up before all of it is sent.
            drop(stream.write_all(long.as_bytes()));
            let mut answer = String::new();
            drop(stream.read_to_string(&mut answer));
            assert_eq!(answer, "");
        });
    }
}
