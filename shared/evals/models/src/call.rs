//! Calls a model, and retries calls that the model certainly did not work on.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_bedrockruntime::Client;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use headgate_suites::{Text, Usage};
use tokio::time::Instant;

use crate::asked::{Asked, CallError, Reply};
use crate::config::{Model, ModelProvider};
use crate::openai::Server;
use crate::{bedrock, openai};

/// Maximum number of attempts for a call that the provider turned away.
const ATTEMPTS: u32 = 5;
/// Minimum time left for another attempt: one that is cut off at once may still be billed.
const AT_LEAST: Duration = Duration::from_millis(250);
/// Upper limit of the first pause; it doubles with each attempt.
const PAUSE: Duration = Duration::from_millis(500);

/// A call that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// Text of the reply.
    pub text: Text,
    /// Calls, tokens, cost and time.
    pub usage: Usage,
}

/// Calls models.
#[derive(Debug, Clone)]
pub struct Caller {
    bedrock: Client,
    http: SharedHttpConnector,
}

impl Caller {
    /// Creates a caller with the SDK configuration of the process.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Creates a caller that uses this client for Bedrock.
    #[must_use]
    pub fn new(bedrock: Client) -> Self {
        Self { bedrock, http: SharedHttpConnector::new(headgate_runtime::aws::connector()) }
    }

    /// Calls `model`, with `key` if it needs one. Retries if the provider turned the call away before any
    /// work.
    ///
    /// # Errors
    /// The [`CallError`] of the last attempt.
    pub async fn call(
        &self,
        model: &Model,
        key: Option<&str>,
        asked: &Asked<'_>,
    ) -> Result<Called, CallError> {
        let deadline = Instant::now() + asked.timeout;
        let mut attempt = 1;
        loop {
            let begun = Instant::now();
            let tried = tokio::time::timeout_at(deadline, self.once(model, key, asked)).await;
            let error = match tried {
                Ok(Ok(reply)) => return Ok(called(model, asked, reply, begun.elapsed())),
                Ok(Err(error)) => error,
                Err(_) => return Err(CallError::TimedOut),
            };
            let pause = match &error {
                CallError::Throttled { after: Some(after) } => *after,
                _ => grown(attempt),
            };
            let too_late = Instant::now() + pause + AT_LEAST >= deadline;
            if !error.is_unpaid() || attempt == ATTEMPTS || too_late {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn once(
        &self,
        model: &Model,
        key: Option<&str>,
        asked: &Asked<'_>,
    ) -> Result<Reply, CallError> {
        match &model.served_by {
            ModelProvider::Bedrock { model_id } => {
                bedrock::call(&self.bedrock, model_id, asked).await
            }
            ModelProvider::Openai { base_url, model, .. } => {
                openai::call(&self.http, &Server { base_url, model, key }, asked).await
            }
            ModelProvider::External { .. } => Err(CallError::External),
        }
    }
}

fn called(model: &Model, asked: &Asked<'_>, reply: Reply, took: Duration) -> Called {
    let Reply { text, tokens } = reply;
    // If the provider does not report tokens, use the maximum cost.
    let micro_usd = match tokens {
        Some((input, output)) => model.price.micro_usd(input, output),
        None => asked.at_most(model),
    };
    let (input_tokens, output_tokens) = tokens.unwrap_or_default();
    let seconds = took.as_secs_f64();
    Called { text, usage: Usage { calls: 1, input_tokens, output_tokens, micro_usd, seconds } }
}

/// Exponential backoff with full jitter.
fn grown(attempt: u32) -> Duration {
    PAUSE.mul_f64(2.0_f64.powi(attempt.cast_signed() - 1) * fastrand::f64())
}
