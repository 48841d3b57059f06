//! Requests as seen by a receiver on loopback.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use headgate_webhook::{Endpoint, Message, Secret, SendError, Sender};
use jiff::Timestamp;

/// A receiver that returns the next of `answers` to each request and passes the request on to the test.
fn receiver(answers: &'static [&'static str]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (got, requests) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim_end().to_lowercase();
                if let Some(n) = line.strip_prefix("content-length: ") {
                    length = n.parse().unwrap();
                }
                if line.is_empty() {
                    break;
                }
                head.push_str(&line);
                head.push('\n');
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            got.send(format!("{head}\n{}", String::from_utf8(body).unwrap())).unwrap();
            let answer =
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, requests)
}

fn endpoint(url: &str) -> Endpoint {
    let secrets = vec![Secret::new().unwrap(), Secret::new().unwrap()];
    Endpoint { name: "chat".into(), url: url.into(), secrets }
}

fn message() -> Message {
    Message { id: "msg-1".into(), body: r#"{"type":"approval.requested"}"#.into() }
}

async fn send(endpoint: &Endpoint) -> Result<u16, SendError> {
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    Sender::default().send(endpoint, &message(), now).await
}

#[tokio::test]
async fn a_request_is_signed_with_every_secret() {
    let (url, requests) = receiver(&["204 No Content"]);
    let endpoint = endpoint(&url);
    assert_eq!(send(&endpoint).await, Ok(204));
    let request = requests.recv().unwrap();
    let signatures: Vec<_> =
        endpoint.secrets.iter().map(|s| s.sign("msg-1", 1_790_000_000, &message().body)).collect();
    for part in [
        "post /hook http/1.1\n",
        "content-type: application/json\n",
        "webhook-id: msg-1\n",
        "webhook-timestamp: 1790000000\n",
        &format!("webhook-signature: {}\n", signatures.join(" ").to_lowercase()),
        "\n{\"type\":\"approval.requested\"}",
    ] {
        assert!(request.contains(part), "{part} is not in {request}");
    }
}

#[tokio::test]
async fn answers_say_whether_another_try_makes_sense() {
    let (url, _requests) = receiver(&[
        "500 Oops",
        "429 Slow Down",
        "400 Bad",
        "410 Gone",
        "302 Found\r\nLocation: http://127.0.0.1:1/elsewhere",
    ]);
    let endpoint = endpoint(&url);
    for status in [500, 429] {
        let error = send(&endpoint).await.unwrap_err().to_string();
        assert_eq!(
            error,
            format!("webhook endpoint `chat` did not accept the message: it answered {status}")
        );
    }
    for status in [400, 410, 302] {
        let error = send(&endpoint).await.unwrap_err();
        assert_eq!(error, SendError::Refused { name: "chat".into(), status });
    }
}

#[tokio::test]
async fn nobody_there_is_worth_another_try_and_names_no_address() {
    let error = send(&endpoint("http://127.0.0.1:1/T0KEN")).await.unwrap_err().to_string();
    assert_eq!(error, "webhook endpoint `chat` did not accept the message: it cannot be reached");
}
