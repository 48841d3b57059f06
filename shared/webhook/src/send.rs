//! One try.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;

use crate::endpoint::Endpoint;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same for every try.
    pub id: String,
    /// JSON.
    pub body: String,
}

/// A try that did not deliver. The URL is not in the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Worth another try.
    #[error("webhook endpoint `{name}` did not take it: {problem}")]
    Unavailable {
        /// The endpoint.
        name: String,
        /// What happened.
        problem: String,
    },
    /// Another try would not help.
    #[error("webhook endpoint `{name}` refuses it: it answered {status}")]
    Refused {
        /// The endpoint.
        name: String,
        /// What it answered.
        status: u16,
    },
}

/// Sends webhooks.
#[derive(Debug, Clone)]
pub struct Sender {
    http: SharedHttpConnector,
}

impl Default for Sender {
    fn default() -> Self {
        Self { http: SharedHttpConnector::new(headgate_runtime::aws::connector()) }
    }
}

impl Sender {
    /// Tries once. Returns the status of the answer.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(
        &self,
        endpoint: &Endpoint,
        message: &Message,
        now: Timestamp,
    ) -> Result<u16, SendError> {
        let name = endpoint.name.clone();
        let unavailable = |problem: &str| SendError::Unavailable {
            name: name.clone(),
            problem: problem.to_owned(),
        };
        let request = request(endpoint, message, now.as_second())
            .ok_or_else(|| unavailable("the request cannot be made"))?;
        let call = tokio::time::timeout(PATIENCE, self.http.call(request)).await;
        let answer = call.map_err(|_| unavailable("no answer within 5 seconds"))?;
        // What the connector says may name the address.
        let answer = answer.map_err(|_| unavailable("it cannot be reached"))?;
        match answer.status().as_u16() {
            status @ 200..=299 => Ok(status),
            status @ (408 | 429 | 500..=599) => Err(unavailable(&format!("it answered {status}"))),
            status => Err(SendError::Refused { name, status }),
        }
    }
}

fn request(endpoint: &Endpoint, message: &Message, timestamp: i64) -> Option<HttpRequest> {
    let Message { id, body } = message;
    let signatures: Vec<_> =
        endpoint.secrets.iter().map(|secret| secret.sign(id, timestamp, body)).collect();
    let request = http::Request::post(&endpoint.url)
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("user-agent", "headgate")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signatures.join(" "))
        .body(SdkBody::from(body.as_str()));
    HttpRequest::try_from(request.ok()?).ok()
}
