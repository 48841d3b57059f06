//! A webhook receiver on the loopback interface.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

/// One delivery attempt, as received.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Value of the `webhook-id` header: the same for every attempt to deliver one message.
    pub id: String,
    timestamp: String,
    signature: String,
    raw: String,
    /// The parsed body.
    pub body: Value,
}

impl Tried {
    /// Verifies the signature the way an independent receiver would, without Headgate's code.
    pub fn verify(&self, secret: &str) {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.{}", self.id, self.timestamp, self.raw).as_bytes());
        let signature = STANDARD.decode(self.signature.strip_prefix("v1,").unwrap()).unwrap();
        mac.verify_slice(&signature).unwrap();
        let age = jiff::Timestamp::now().as_second() - self.timestamp.parse::<i64>().unwrap();
        assert!((-5..300).contains(&age), "the timestamp is {age} seconds old");
    }
}

/// A webhook receiver. It fails the first deliveries of the request for approval of one change and accepts all others.
pub struct Receiver {
    /// URL of the webhook endpoint.
    pub url: String,
    change: String,
    got: Arc<Mutex<Vec<Tried>>>,
}

impl Receiver {
    /// Starts to listen. The first attempts to deliver `approval.requested` about `change` are answered with the statuses
    /// in `failures`; a reminder may come in between.
    #[must_use]
    pub fn open(change: &str, failures: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let (all, about) = (Arc::clone(&got), change.to_owned());
        std::thread::spawn(move || {
            let mut failures = failures.iter();
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                // A connection without a request is not an attempt.
                let Some(tried) = read(&mut reader) else { continue };
                let ours = tried.body["data"]["change_id"] == *about
                    && tried.body["type"] == "approval.requested";
                let status = if ours { failures.next().unwrap_or(&204) } else { &204 };
                all.lock().unwrap().push(tried);
                let head = "Content-Length: 0\r\nConnection: close";
                let answer = format!("HTTP/1.1 {status} S\r\n{head}\r\n\r\n");
                drop(reader.get_mut().write_all(answer.as_bytes()));
            }
        });
        Self { url, change: change.to_owned(), got }
    }

    /// Delivery attempts about the change with this event type.
    #[must_use]
    pub fn got(&self, kind: &str) -> Vec<Tried> {
        let got = self.got.lock().unwrap();
        let ours =
            |t: &&Tried| t.body["type"] == kind && t.body["data"]["change_id"] == *self.change;
        got.iter().filter(ours).cloned().collect()
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Tried> {
    let (mut id, mut timestamp, mut signature, mut length) =
        (String::new(), String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let Some((name, value)) = line.split_once(": ") else {
            if line.is_empty() {
                break;
            }
            continue;
        };
        match name.to_lowercase().as_str() {
            "webhook-id" => id = value.to_owned(),
            "webhook-timestamp" => timestamp = value.to_owned(),
            "webhook-signature" => signature = value.to_owned(),
            "content-length" => length = value.parse().ok()?,
            _ => {}
        }
    }
    let mut raw = vec![0; length];
    reader.read_exact(&mut raw).ok()?;
    let raw = String::from_utf8(raw).ok()?;
    let body = serde_json::from_str(&raw).ok()?;
    Some(Tried { id, timestamp, signature, raw, body })
}
