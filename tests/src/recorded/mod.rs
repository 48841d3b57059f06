//! Models of different quality, built from recorded answers. An answer depends only on the model, the
//! question and how often the question was asked, never on time or chance. Two runs over the same suite give
//! the same results.

mod http;
mod models;

use std::collections::HashMap;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use models::{Models, Said};

/// A server that speaks the OpenAI protocol and returns recorded answers.
pub struct Server {
    models: Models,
    key: String,
    log: Mutex<std::fs::File>,
    asked: Mutex<HashMap<String, u32>>,
}

impl Server {
    /// Reads the recorded answers below `evals`. Each call is logged to `log` as one JSON object per line.
    #[must_use]
    pub fn open(evals: &Path, key: String, log: &Path) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(log).unwrap();
        Self { models: Models::read(evals), key, log: Mutex::new(log), asked: Mutex::default() }
    }

    /// Answers requests on `port` until the process ends.
    pub fn serve(self, port: u16) {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let server = Arc::new(self);
        for stream in listener.incoming().flatten() {
            let server = Arc::clone(&server);
            std::thread::spawn(move || server.answer(stream));
        }
    }

    fn answer(&self, stream: TcpStream) {
        let Some((mut stream, request)) = http::read(stream) else { return };
        if request.path == "/health" {
            http::write(&mut stream, 200, "", "ok");
            return;
        }
        // Requests from the emulator's Bedrock carry no key.
        let bedrock = request.path.starts_with("/bedrock/");
        if !bedrock && request.authorization != format!("Bearer {}", self.key) {
            http::write(&mut stream, 401, "", "{\"error\": \"unknown API key\"}");
            return;
        }
        let Ok(body) = serde_json::from_str::<Value>(&request.body) else {
            http::write(&mut stream, 400, "", "{\"error\": \"the body is not JSON\"}");
            return;
        };
        let model = body["model"].as_str().unwrap_or_default();
        let messages = body["messages"].to_string();
        let nth = {
            let mut asked = self.asked.lock().unwrap();
            let count = asked.entry(format!("{model}\n{messages}")).or_default();
            *count += 1;
            *count - 1
        };
        let said = self.models.say(model, &body["messages"], nth);
        let (kind, task) = (said.kind(), said.task());
        let note = json!({ "model": model, "kind": kind, "task": task, "nth": nth });
        // Written in one call, because stories read the log at the same time.
        self.log.lock().unwrap().write_all(format!("{note}\n").as_bytes()).unwrap();
        match said {
            Said::Text { text, .. } => {
                http::write(&mut stream, 200, "", &completion(&messages, &text));
            }
            Said::Refused { status, headers } => http::write(&mut stream, status, headers, "{}"),
            Said::Nothing => loop {
                std::thread::park();
            },
        }
    }
}

/// The body of a chat completion. Usage assumes four bytes per token.
fn completion(messages: &str, text: &str) -> String {
    let (asked, said) = (messages.len() / 4 + 1, text.len() / 4 + 1);
    json!({
        "id": "recorded",
        "object": "chat.completion",
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": text },
            "finish_reason": "stop",
        }],
        "usage": {
            "prompt_tokens": asked,
            "completion_tokens": said,
            "total_tokens": asked + said,
        },
    })
    .to_string()
}
