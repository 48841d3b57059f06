//! The deployed fleet as stories use it: API, CLI and SDK clients.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::HttpClient;
use headgate::token::Issuer;
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_events::Artifact;
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest wait for a condition. It only decides how soon a failing story fails. LocalStack needs seconds for
/// every hop, so it gets more time.
fn patience() -> Duration {
    // The gate runs unit tests and Terraform beside the stories on MiniStack.
    Duration::from_secs(if is_localstack() { 180 } else { 120 })
}

fn is_localstack() -> bool {
    std::env::var("HEADGATE_E2E_EMULATOR").is_ok_and(|name| name == "localstack")
}

#[derive(Deserialize)]
struct Deployed {
    api: String,
    bus: String,
    token_dir: PathBuf,
    fleet: Value,
}

/// The deployed fleet, with clients for every principal.
pub struct World {
    deployed: Deployed,
    pub(crate) http: ureq::Agent,
    /// The token issuer that the fleet trusts.
    pub issuer: Issuer,
    pub(crate) sdk: aws_config::SdkConfig,
    pub(crate) runtime: tokio::runtime::Runtime,
    pub(crate) plan_file: OnceLock<Artifact>,
}

/// A response of the API.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status code; 0 if there was no response.
    pub status: u16,
    /// JSON body. A body that is not JSON becomes a JSON string.
    pub body: Value,
}

impl Answer {
    /// Returns the body of a successful response; panics on any other status.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "answered {}: {}", self.status, self.body);
        self.body
    }

    /// Asserts that the response is an error with this status and code, and has every member of an error
    /// body.
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
            .expect("HEADGATE_E2E is not set: run these tests with `cargo xtask e2e`");
        let deployed: Deployed = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sdk = runtime.block_on(headgate_runtime::aws::config());
        let http = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        let issuer = Issuer::open(&deployed.token_dir).unwrap();
        Self { deployed, http, issuer, sdk, runtime, plan_file: OnceLock::new() }
    }

    /// Whether the emulator is LocalStack, which needs seconds where MiniStack needs milliseconds.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        is_localstack()
    }

    /// Name of the event bus.
    #[must_use]
    pub fn bus(&self) -> &str {
        &self.deployed.bus
    }

    /// A string in the Terraform outputs, by JSON pointer.
    #[must_use]
    pub fn output(&self, pointer: &str) -> String {
        self.deployed.fleet.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()
    }

    /// A DynamoDB client for the emulator.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.sdk)
    }

    /// An S3 client for the emulator.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        aws_sdk_s3::Client::new(&self.sdk)
    }

    /// SDK configuration with another HTTP client, two attempts and a backoff of one millisecond.
    #[must_use]
    pub fn sdk_config(&self, client: impl HttpClient + 'static) -> aws_config::SdkConfig {
        self.sdk.to_builder().http_client(client).retry_config(retries()).build()
    }

    /// A `headgate` command that acts as `who`.
    #[must_use]
    pub fn command(&self, who: &str, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(std::env::var("HEADGATE_E2E_CLI").unwrap());
        command.args(["--as", who]).args(args);
        command.env("HEADGATE_CONFIG", std::env::var("HEADGATE_E2E").unwrap());
        command
    }

    /// Runs `headgate` as `who`. Returns exit code, stdout and stderr.
    #[must_use]
    pub fn headgate(&self, who: &str, args: &[&str]) -> (i32, String, String) {
        let output = self.command(who, args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// The Python with the verifiers that we did not write.
    #[must_use]
    #[allow(clippy::unused_self)]
    pub fn verifier(&self) -> std::process::Command {
        std::process::Command::new(std::env::var("HEADGATE_E2E_VERIFIER").unwrap())
    }

    /// Runs a future to completion.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Any value in the Terraform outputs, by JSON pointer.
    #[must_use]
    pub fn value(&self, pointer: &str) -> Value {
        self.deployed.fleet.pointer(pointer).cloned().unwrap()
    }

    /// A new unique id with a prefix.
    #[must_use]
    pub fn id(&self, prefix: &str) -> String {
        format!("{prefix}-{}", &uuid::Uuid::new_v4().simple().to_string()[..10])
    }

    /// The token of a local principal.
    #[must_use]
    pub fn token(&self, who: &str) -> String {
        let path = self.deployed.token_dir.join(format!("{who}.jwt"));
        std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no token for {who}"))
    }

    /// Sends a `GET` request as `who`.
    pub fn get(&self, who: &str, path: &str) -> Answer {
        let request = self.http.get(format!("{}{path}", self.deployed.api));
        answer(request.header("Authorization", format!("Bearer {}", self.token(who))).call())
    }

    /// Sends a `POST` request with a JSON body as `who`.
    pub fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.post_with(Some(&self.token(who)), path, body.to_string().as_bytes())
    }

    /// Sends a `POST` request with an `Idempotency-Key`, so that sending it again has no second effect.
    pub fn post_once(&self, who: &str, path: &str, key: &str, body: &Value) -> Answer {
        self.send(Some(&self.token(who)), Some(key), path, body.to_string().as_bytes())
    }

    /// Sends a `POST` request with any bytes, and with any token or none.
    pub fn post_with(&self, token: Option<&str>, path: &str, body: &[u8]) -> Answer {
        self.send(token, None, path, body)
    }

    fn send(&self, token: Option<&str>, key: Option<&str>, path: &str, body: &[u8]) -> Answer {
        let mut request = self
            .http
            .post(format!("{}{path}", self.deployed.api))
            .header("Content-Type", "application/json");
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        answer(request.send(body))
    }

    /// Creates an engagement, unless it exists.
    pub fn engage(&self, engagement: &str) {
        let body = json!({ "engagement_id": engagement, "goal": "a story", "environment": "dev" });
        let answer = self.post("dana", "/v1/engagements", &body);
        assert!([201, 409].contains(&answer.status), "{}", answer.body);
    }

    /// Uses a permit. Waits while another story holds the lock of the environment.
    #[track_caller]
    pub fn use_permit(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.wait_for("the environment to be unlocked", || {
            let answer = self.post(who, path, body);
            (answer.body["error"] != "environment_locked").then_some(answer)
        })
    }

    /// Polls `look` until it returns a value. `what` names the value in the timeout message.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        self.wait_within(patience(), what, look)
    }

    /// Like [`World::wait_for`], with three more minutes for up to two visibility timeouts.
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
        // Backs off: on a slow emulator, polling is most of the load.
        let mut pause = Duration::from_millis(100);
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(Instant::now() < end, "timed out after {patience:?} waiting for {what}");
            std::thread::sleep(pause);
            pause = (pause * 3 / 2).min(Duration::from_secs(1));
        }
    }

    /// Waits until a change has this status, and returns it as the query API shows it. For
    /// `awaiting_decision`, also waits until the approval request is shown.
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
            assert!(Instant::now() < end, "timed out: {change} is {last}, expected {status}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Votes on the revision and content in `shown`.
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

    /// Rejects a change that awaits a decision. Every open request keeps a workflow looping, which takes
    /// processor time from other stories.
    pub fn close(&self, change: &str) {
        let shown = self.wait_status(change, "awaiting_decision");
        self.vote("carol", &shown, "reject").ok();
    }

    /// All pages of an engagement's timeline; empty if there is none yet. Verifies the hash chain when the
    /// entries match the head.
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
            // Entries appended between the reads of head and page are not covered by the head.
            if entries.len() as u64 == head.seq {
                verify(&entries, &head).unwrap();
            }
            if last {
                return entries;
            }
        }
    }

    /// Waits for an event of this type on the timeline of an engagement, and returns the event.
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

pub(crate) fn answer(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let read = result.and_then(|mut response| {
        let text = response.body_mut().read_to_string()?;
        Ok((response.status().as_u16(), text))
    });
    let (status, text) = read.unwrap_or_else(|e| (0, format!("no response: {e}")));
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status, body }
}

/// Two attempts without a pause, for clients that meet failures on purpose.
#[must_use]
pub fn retries() -> aws_config::retry::RetryConfig {
    aws_config::retry::RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_millis(1))
}
