//! Tests the OpenAI protocol with a local server: which calls are retried, and which are not.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use headgate_models::{Asked, CallError, Called, Caller, Model, ModelProvider, RateLimits};
use headgate_suites::prompt::{Ask, Role, Turn};
use headgate_suites::{MAX_REPLY, Price};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const KEY: &str = "sk-very-secret";

/// A server with one answer per connection; the last answer repeats. A status of 0 never answers, and a
/// status of 1 closes the connection.
struct Server {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

async fn server(answers: Vec<(u16, &'static str, String)>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        let mut held = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let request = read(&mut stream).await;
            let (status, headers, body) = {
                let mut log = log.lock().unwrap();
                log.push(request);
                answers[(log.len() - 1).min(answers.len() - 1)].clone()
            };
            if status == 1 {
                continue; // closes it
            }
            if status == 0 {
                held.push(stream);
                continue;
            }
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n"
            );
            // The client may be gone; its own result shows what it expected.
            if stream.write_all(head.as_bytes()).await.is_ok() {
                stream.write_all(body.as_bytes()).await.ok();
            }
        }
    });
    Server { url, seen }
}

async fn read(stream: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let n = stream.read(&mut chunk).await.unwrap();
        bytes.extend_from_slice(&chunk[..n]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.to_lowercase().lines().find_map(|l| {
            l.strip_prefix("content-length:").map(|n| n.trim().parse::<usize>().unwrap())
        });
        if n == 0 || body.len() >= length.unwrap_or_default() {
            return text;
        }
    }
}

fn completion(text: &str) -> String {
    json!({
        "choices": [{ "message": { "role": "assistant", "content": text } }],
        "usage": { "prompt_tokens": 100, "completion_tokens": 20 },
    })
    .to_string()
}

fn sdk() -> SdkConfig {
    SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build()
}

async fn call(server: &Server, timeout: Duration) -> Result<Called, CallError> {
    let model = Model {
        served_by: ModelProvider::Openai {
            base_url: server.url.clone(),
            model: "tiny".to_owned(),
            secret: None,
        },
        price: Price { input: 1.0, output: 10.0 },
        limits: RateLimits::default(),
    };
    let ask = Ask {
        system: Some("Be brief.".to_owned()),
        turns: vec![Turn { role: Role::User, text: "Hello?".to_owned() }],
    };
    let asked = Asked { ask: &ask, output_tokens: 64, temperature: Some(0.5), timeout };
    Caller::connect(&sdk()).call(&model, Some(KEY), &asked).await
}

const PATIENT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_call_is_as_the_protocol_wants_it_and_is_accounted_for() {
    let server = server(vec![(200, "", completion("Hi."))]).await;
    let called = call(&server, PATIENT).await.unwrap();
    assert_eq!(called.text.text, "Hi.");
    let usage = called.usage;
    assert_eq!((usage.calls, usage.input_tokens, usage.output_tokens), (1, 100, 20));
    assert_eq!(usage.micro_usd, 300);
    let seen = server.seen.lock().unwrap();
    let (head, body) = seen[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1"), "{head}");
    assert!(head.to_lowercase().contains(&format!("authorization: bearer {KEY}")), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    let expected = json!({
        "model": "tiny", "max_tokens": 64, "temperature": 0.5, "stream": false,
        "messages": [
            { "role": "system", "content": "Be brief." },
            { "role": "user", "content": "Hello?" },
        ],
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn throttling_is_waited_out_as_long_as_the_provider_asks_for() {
    let throttled = (429, "retry-after: 1\r\n", String::new());
    let server = server(vec![throttled.clone(), (200, "", completion("Hi."))]).await;
    let begun = std::time::Instant::now();
    call(&server, PATIENT).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.seen.lock().unwrap().len(), 2);

    // If the pause would exceed the timeout, the error is returned at once.
    let server = self::server(vec![(429, "retry-after: 3600\r\n", String::new())]).await;
    let error = call(&server, PATIENT).await.unwrap_err();
    assert_eq!(error, CallError::Throttled { after: Some(Duration::from_secs(300)) });
    assert_eq!(server.seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_provider_that_is_down_is_tried_five_times() {
    let server = server(vec![(503, "", "secret details".to_owned())]).await;
    let error = call(&server, PATIENT).await.unwrap_err();
    assert_eq!(error.code(), "unavailable");
    assert_eq!(error.to_string(), "the provider is not available: it answered 503");
    assert_eq!(server.seen.lock().unwrap().len(), 5);
    let nobody = Server { url: "http://127.0.0.1:9/".to_owned(), seen: Arc::default() };
    let error = call(&nobody, PATIENT).await.unwrap_err();
    assert_eq!(error.to_string(), "the provider is not available: no connection");
}

#[tokio::test]
async fn what_may_have_been_paid_for_is_not_asked_again() {
    let server = server(vec![(0, "", String::new())]).await;
    let error = call(&server, Duration::from_millis(300)).await.unwrap_err();
    assert_eq!(error, CallError::TimedOut);
    assert_eq!(server.seen.lock().unwrap().len(), 1);
    assert!(error.may_be_paid());
    // A gateway gives up while the model behind it is still working, or a connection breaks.
    for (status, headers, said) in [
        (500, "", "it answered 500"),
        (502, "", "it answered 502"),
        (504, "", "it answered 504"),
        (1, "", "the connection broke"),
    ] {
        let server = self::server(vec![(status, headers, String::new())]).await;
        let error = call(&server, PATIENT).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the provider failed during the call: {said}"));
        assert!(error.may_be_paid() && error.code() == "broken");
        assert_eq!(server.seen.lock().unwrap().len(), 1, "{said}");
    }
}

#[tokio::test]
async fn an_answer_without_usage_costs_what_it_could_at_the_most() {
    let body = "{\"choices\": [{\"message\": {\"content\": \"Hi.\"}}]}";
    let server = server(vec![(200, "", body.to_owned())]).await;
    let usage = call(&server, PATIENT).await.unwrap().usage;
    // One input token per byte sent, and 64 output tokens at ten times the price.
    let sent = "Be brief.".len() + "Hello?".len();
    assert_eq!(usage.micro_usd, sent as u64 + 640);
    assert_eq!((usage.input_tokens, usage.output_tokens), (0, 0));
}

#[tokio::test]
async fn refusals_and_nonsense_are_told_without_what_was_sent() {
    let refused = format!("{{\"error\": \"the key {KEY} is bad\"}}");
    for (status, body, code) in [
        (401, refused.as_str(), "refused"),
        (200, "<html>", "malformed"),
        (200, "{\"choices\": []}", "malformed"),
        (200, "{\"choices\": [{\"message\": {\"content\": null}}]}", "malformed"),
    ] {
        let server = server(vec![(status, "", body.to_owned())]).await;
        let error = call(&server, PATIENT).await.unwrap_err();
        assert_eq!(error.code(), code, "{body}");
        assert!(!format!("{error:?} {error}").contains(KEY));
        assert_eq!(server.seen.lock().unwrap().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn long_answers_are_cut_and_endless_ones_refused() {
    let server = server(vec![(200, "", completion(&"x".repeat(2 * 1024 * 1024)))]).await;
    let called = call(&server, PATIENT).await.unwrap();
    assert_eq!((called.text.text.len(), called.text.cut_from), (MAX_REPLY, Some(2 * 1024 * 1024)));
    let server = self::server(vec![(200, "", completion(&"x".repeat(9 * 1024 * 1024)))]).await;
    let error = call(&server, PATIENT).await.unwrap_err();
    assert_eq!(error, CallError::Malformed("it was cut off, or is longer than 8 MiB"));
}
