//! Client of the HTTP API.

use std::time::Duration;

use headgate_api_types::Problem;
use headgate_api_types::changes::Files;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::files::FileList;
use headgate_events::{ChangeId, PrincipalId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ureq::Agent;

use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;

/// Attempts to create something while the API is not available.
const TRIES: u64 = 3;

pub(crate) struct Api {
    agent: Agent,
    base: String,
    token: String,
}

#[derive(Clone, Deserialize)]
struct Subject {
    sub: PrincipalId,
}

/// A successful answer.
pub(crate) struct Answer<T> {
    /// The answer as it came, for programs.
    pub(crate) json: Value,
    /// The same, parsed.
    pub(crate) value: T,
}

impl Api {
    pub(crate) fn connect(config: &Config, global: &Global) -> Result<Self, Failure> {
        if config.api.is_empty() {
            return Err(Failure::Usage(
                "no API URL: set HEADGATE_API, or run `cargo xtask up` for a local fleet".into(),
            ));
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        let base = config.api.trim_end_matches('/').to_owned();
        Ok(Self { agent, base, token: config.token(global)? })
    }

    /// A fleet that cannot be reached.
    #[cfg(test)]
    pub(crate) fn nowhere() -> Self {
        let agent = Agent::config_builder().timeout_global(Some(Duration::from_secs(1)));
        let base = "http://127.0.0.1:1".to_owned();
        Self { agent: agent.build().new_agent(), base, token: String::new() }
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Answer<T>, Failure> {
        let request = self.agent.get(format!("{}{path}", self.base));
        answer(request.header("Authorization", &self.bearer()).call())
    }

    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer<T>, Failure> {
        self.send(path, None, body)
    }

    /// Sends a request that creates something. If the API is not available, sends it again with the same idempotency key, so
    /// that it is created once.
    pub(crate) fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer<T>, Failure> {
        let key = uuid::Uuid::new_v4().to_string();
        let mut tries = 1;
        loop {
            match self.send(path, Some(&key), body) {
                Err(failure @ Failure::Unavailable(_)) if tries < TRIES => {
                    failure.warn();
                    std::thread::sleep(Duration::from_secs(tries));
                    tries += 1;
                }
                answer => return answer,
            }
        }
    }

    fn send<T: DeserializeOwned>(
        &self,
        path: &str,
        key: Option<&str>,
        body: &impl Serialize,
    ) -> Result<Answer<T>, Failure> {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        answer(request.header("Authorization", &self.bearer()).send_json(body))
    }

    /// Sends a request without parameters: an empty object.
    pub(crate) fn post_empty<T: DeserializeOwned>(&self, path: &str) -> Result<Answer<T>, Failure> {
        self.post(path, &serde_json::Map::new())
    }

    /// Uploads bytes to a presigned URL.
    pub(crate) fn put(
        &self,
        url: &str,
        headers: &[(String, String)],
        bytes: &[u8],
    ) -> Result<(), Failure> {
        let mut request = self.agent.put(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = request.send(bytes).map_err(Failure::unavailable)?;
        if answer.status().is_success() {
            return Ok(());
        }
        Err(Failure::Refused(format!("the artifact upload failed with {}", answer.status())))
    }

    /// Downloads so many bytes from a presigned URL. A token has no place in this request.
    pub(crate) fn download(&self, url: &str, bytes: u64) -> Result<Vec<u8>, Failure> {
        let mut answer = self.agent.get(url).call().map_err(Failure::unavailable)?;
        if !answer.status().is_success() {
            return Err(Failure::Refused(format!("the download failed with {}", answer.status())));
        }
        answer
            .body_mut()
            .with_config()
            .limit(bytes.saturating_add(1))
            .read_to_vec()
            .map_err(Failure::unavailable)
    }

    /// The list of local files of a change's current revision, which must be the one with this digest.
    pub(crate) fn files(&self, change: &ChangeId, sha256: &str) -> Result<FileList, Failure> {
        let files = self.get::<Files>(&format!("/v1/changes/{change}/files"))?.value;
        if sha256_hex(files.json.as_bytes()) != sha256 {
            return Err(Failure::Refused(
                "the list of local files is not the one that was proposed; do not go on, and tell an operator".into(),
            ));
        }
        FileList::parse(files.json.as_bytes()).map_err(Failure::usage)
    }

    /// The subject of the token. The signature is not checked here: the API verifies it, and the subject only
    /// names the caller.
    pub(crate) fn subject(&self) -> Result<PrincipalId, Failure> {
        jsonwebtoken::dangerous::insecure_decode::<Subject>(&self.token)
            .map(|token| token.claims.sub)
            .map_err(|e| Failure::Usage(format!("the token is not a valid JWT: {e}")))
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

fn answer<T: DeserializeOwned>(
    result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Answer<T>, Failure> {
    let mut answer =
        result.map_err(|e| Failure::Unavailable(format!("cannot reach the API: {e}")))?;
    let status = answer.status();
    let text = answer.body_mut().read_to_string().map_err(Failure::unavailable)?;
    if status.is_success() {
        let unreadable = |e: serde_json::Error| {
            Failure::Unavailable(format!(
                "cannot parse the API response ({e}); use the same headgate version as the fleet"
            ))
        };
        let json: Value = serde_json::from_str(&text).map_err(unreadable)?;
        let value = T::deserialize(&json).map_err(unreadable)?;
        return Ok(Answer { json, value });
    }
    let message = match serde_json::from_str::<Problem>(&text) {
        Ok(p) if p.request_id.is_empty() => format!("{} ({})", p.message, p.error),
        Ok(p) => format!("{} ({}, request {})", p.message, p.error, p.request_id),
        Err(_) => format!("the API returned {status} without a message"),
    };
    // 408 (request timeout) and 429 (too many requests) may succeed later.
    if status.is_client_error() && ![408, 429].contains(&status.as_u16()) {
        Err(Failure::Refused(message))
    } else {
        Err(Failure::Unavailable(message))
    }
}
