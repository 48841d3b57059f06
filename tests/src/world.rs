//! The deployed fleet, as a story sees it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::HttpClient;
use headgate::token::Issuer;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_events::Artifact;
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest wait for anything that is to happen by itself. No story depends on it: it is only how soon a
/// story that fails does so, and LocalStack takes seconds for every hop.
fn patience() -> Duration {
    match std::env::var("HEADGATE_E2E_EMULATOR").as_deref() {
        Ok("localstack") => Duration::from_secs(180),
        _ => Duration::from_secs(60),
    }
}

#[derive(Deserialize)]
struct Deployed {
    api: String,
    bus: String,
    token_dir: PathBuf,
    fleet: Value,
}

/// The fleet and everybody who talks to it.
pub struct World {
    deployed: Deployed,
    http: ureq::Agent,
    /// The issuer whose tokens the fleet believes.
    pub issuer: Issuer,
    pub(crate) sdk: aws_config::SdkConfig,
    pub(crate) runtime: tokio::runtime::Runtime,
}

/// An answer of the API.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Value,
}

impl Answer {
    /// The body of a success; anything else ends the story.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "answered {}: {}", self.status, self.body);
        self.body
    }

    /// Asserts a refusal with that status and code, in the one shape of an error.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, &self.body["error"]), (status, &json!(code)), "{}", self.body);
        for member in ["message", "request_id", "trace_id"] {
            assert!(self.body[member].as_str().is_some_and(|s| !s.is_empty()), "{}", self.body);
        }
        self.body
    }
}

impl World {
    /// The fleet that `cargo xtask e2e` deployed.
    #[must_use]
    pub fn new() -> Self {
        let path = std::env::var("HEADGATE_E2E")
            .expect("these stories need a deployed fleet: run `cargo xtask e2e`");
        let deployed: Deployed = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sdk = runtime.block_on(headgate_runtime::aws::config());
        let http = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        let issuer = Issuer::open(&deployed.token_dir).unwrap();
        Self { deployed, http, issuer, sdk, runtime }
    }

    /// Whether the emulator takes seconds where the other takes milliseconds.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        patience() > Duration::from_secs(60)
    }

    /// Name of the bus.
    #[must_use]
    pub fn bus(&self) -> &str {
        &self.deployed.bus
    }

    /// Something that Terraform put out.
    #[must_use]
    pub fn output(&self, pointer: &str) -> String {
        self.deployed.fleet.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()
    }

    /// A client of the emulator's tables.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.sdk)
    }

    /// A client of the emulator's buckets.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        aws_sdk_s3::Client::new(&self.sdk)
    }

    /// The emulator, through another HTTP client and with hardly any wait between retries.
    #[must_use]
    pub fn sdk_config(&self, client: impl HttpClient + 'static) -> aws_config::SdkConfig {
        let retry = aws_config::retry::RetryConfig::standard()
            .with_max_attempts(2)
            .with_initial_backoff(Duration::from_millis(1));
        self.sdk.to_builder().http_client(client).retry_config(retry).build()
    }

    /// The `headgate` command as somebody.
    #[must_use]
    pub fn command(&self, who: &str, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(std::env::var("HEADGATE_E2E_CLI").unwrap());
        command.args(["--as", who]).args(args);
        command.env("HEADGATE_CONFIG", std::env::var("HEADGATE_E2E").unwrap());
        command
    }

    /// Runs it; exit code, stdout, stderr.
    #[must_use]
    pub fn headgate(&self, who: &str, args: &[&str]) -> (i32, String, String) {
        let output = self.command(who, args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Runs what is asynchronous.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Any part of what Terraform put out.
    #[must_use]
    pub fn value(&self, pointer: &str) -> Value {
        self.deployed.fleet.pointer(pointer).cloned().unwrap()
    }

    /// Asks the emulator's logs service. Emulators take unsigned requests, and an SDK crate for this one
    /// question would cost every build half a minute.
    pub(crate) fn logs(&self, ask: &Value) -> Value {
        let endpoint = std::env::var("AWS_ENDPOINT_URL").unwrap();
        let request = self
            .http
            .post(endpoint)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Logs_20140328.FilterLogEvents")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request",
            );
        answer(request.send(ask.to_string())).body
    }

    /// A new id.
    #[must_use]
    pub fn id(&self, prefix: &str) -> String {
        format!("{prefix}-{}", &uuid::Uuid::new_v4().simple().to_string()[..10])
    }

    /// Token of a local principal.
    #[must_use]
    pub fn token(&self, who: &str) -> String {
        let path = self.deployed.token_dir.join(format!("{who}.jwt"));
        std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no token of {who}"))
    }

    /// `GET` as somebody.
    pub fn get(&self, who: &str, path: &str) -> Answer {
        let request = self.http.get(format!("{}{path}", self.deployed.api));
        answer(request.header("Authorization", format!("Bearer {}", self.token(who))).call())
    }

    /// `POST` as somebody.
    pub fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.post_with(Some(&self.token(who)), path, body.to_string().as_bytes())
    }

    /// `POST` of any bytes with any token.
    pub fn post_with(&self, token: Option<&str>, path: &str, body: &[u8]) -> Answer {
        let mut request = self
            .http
            .post(format!("{}{path}", self.deployed.api))
            .header("Content-Type", "application/json");
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        answer(request.send(body))
    }

    /// Uploads bytes the way a proposer does.
    pub fn upload(&self, who: &str, bytes: &[u8]) -> Artifact {
        let sha256 = sha256_hex(bytes);
        let body = json!({ "sha256": sha256, "media_type": "application/json" });
        let place = self.post(who, "/v1/artifacts", &body).ok();
        let mut request = self.http.put(place["url"].as_str().unwrap());
        for header in place["headers"].as_array().unwrap() {
            request = request.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
        }
        let put = request.send(bytes).unwrap();
        assert!(put.status().is_success(), "upload answered {}", put.status());
        Artifact {
            uri: place["uri"].as_str().unwrap().to_owned(),
            sha256,
            bytes: bytes.len() as u64,
            media_type: "application/json".to_owned(),
        }
    }

    /// Uses a permit as soon as no other story has the environment locked.
    #[track_caller]
    pub fn use_permit(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.wait_for("the environment to be free", || {
            let answer = self.post(who, path, body);
            (answer.body["error"] != "environment_locked").then_some(answer)
        })
    }

    /// Waits until `look` finds something.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        self.wait_within(patience(), what, look)
    }

    /// The same for what takes a visibility timeout or two.
    #[track_caller]
    pub fn wait_long_for<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        self.wait_within(patience() + Duration::from_secs(180), what, look)
    }

    #[track_caller]
    fn wait_within<T>(
        &self,
        patience: Duration,
        what: &str,
        mut look: impl FnMut() -> Option<T>,
    ) -> T {
        let end = Instant::now() + patience;
        // Longer and longer: on a slow emulator, looking is most of the load.
        let mut pause = Duration::from_millis(100);
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(Instant::now() < end, "{what} did not come within {patience:?}");
            std::thread::sleep(pause);
            pause = (pause * 3 / 2).min(Duration::from_secs(1));
        }
    }

    /// A change as the read side shows it, once it has that status.
    #[track_caller]
    pub fn wait_status(&self, change: &str, status: &str) -> Value {
        let mut last = Value::Null;
        let end = Instant::now() + patience();
        loop {
            let shown = self.get("vic", &format!("/v1/changes/{change}"));
            if shown.status == 200 {
                last = shown.body["change"]["status"].clone();
                let ready = status != "awaiting_decision" || !shown.body["approval"].is_null();
                if last == status && ready {
                    return shown.body;
                }
            }
            assert!(Instant::now() < end, "{change} is {last} and not {status}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Votes on what is shown.
    pub fn vote(&self, who: &str, shown: &Value, vote: &str) -> Answer {
        let id = shown["change"]["change_id"].as_str().unwrap();
        let body = json!({
            "revision": shown["change"]["revision"],
            "content_hash": shown["change"]["content_hash"],
            "vote": vote,
            "comment": format!("{who} says {vote}"),
        });
        self.post(who, &format!("/v1/changes/{id}/decisions"), &body)
    }

    /// Ends what waits for people: every request that stays open is a workflow that goes round and round, and
    /// the emulator has only so many processors.
    pub fn close(&self, change: &str) {
        let shown = self.wait_status(change, "awaiting_decision");
        self.vote("carol", &shown, "reject").ok();
    }

    /// The timeline of an engagement, all pages of it, verified.
    #[track_caller]
    pub fn timeline(&self, engagement: &str) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let after = entries.last().map_or(0, |e| e.seq);
            let path = format!("/v1/engagements/{engagement}/timeline?limit=100&after={after}");
            let answer = self.get("vic", &path);
            if answer.status == 404 {
                return entries;
            }
            let body = answer.ok();
            let page: Vec<Entry> = serde_json::from_value(body["entries"].clone()).unwrap();
            let head: Head = serde_json::from_value(body["head"].clone()).unwrap();
            let last = page.is_empty() || body["next_after"].is_null();
            entries.extend(page);
            // Entries that came between the reads of head and page are not covered by the head.
            if entries.len() as u64 == head.seq {
                verify(&entries, &head).unwrap();
            }
            if last {
                return entries;
            }
        }
    }

    /// Waits for an event on the timeline of an engagement, and returns its detail.
    #[track_caller]
    pub fn wait_event(&self, engagement: &str, kind: &str) -> Value {
        self.wait_for(kind, || {
            let entries = self.timeline(engagement);
            entries.into_iter().map(|e| e.event).find(|e| e["type"] == kind)
        })
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

fn answer(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = result.expect("the API answers");
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status, body }
}
