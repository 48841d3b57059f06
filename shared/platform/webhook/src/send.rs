//! Sends a webhook once; the caller retries.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;

use crate::endpoint::Endpoint;

/// Longest wait for a response.
const PATIENCE: Duration = Duration::from_secs(5);

/// A webhook message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Id of the message, the same for every attempt.
    pub id: String,
    /// Body, as JSON text.
    pub body: String,
}

/// Why an attempt did not deliver a message. The error text does not contain the URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// A retry may succeed.
    #[error("webhook endpoint `{name}` did not accept the message: {problem}")]
    Unavailable {
        /// Name of the endpoint.
        name: String,
        /// What went wrong.
        problem: String,
    },
    /// A retry would not help.
    #[error("webhook endpoint `{name}` rejected the message with status {status}")]
    Refused {
        /// Name of the endpoint.
        name: String,
        /// HTTP status of the response.
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
    /// Sends a message once and returns the HTTP status of the response.
    ///
    /// # Errors
    /// [`SendError`] if the status is not 2xx or there is no response.
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
            .ok_or_else(|| unavailable("the request cannot be built"))?;
        let call = tokio::time::timeout(PATIENCE, self.http.call(request)).await;
        let answer = call.map_err(|_| unavailable("no response within 5 seconds"))?;
        // Drop the connector's error, because it may contain the address.
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
