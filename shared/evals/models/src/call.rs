//! One call, with patience for what was surely not worked on.

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

/// Tries of a call that was turned away.
const ATTEMPTS: u32 = 5;
/// Shortest time that another try is worth: one that ends at once may have been paid for.
const AT_LEAST: Duration = Duration::from_millis(250);
/// First pause between them; each is up to twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(500);

/// A call that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// The reply.
    pub text: Text,
    /// What it used.
    pub usage: Usage,
}

/// Calls models.
#[derive(Debug, Clone)]
pub struct Caller {
    bedrock: Client,
    http: SharedHttpConnector,
}

impl Caller {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Calls Bedrock with this client.
    #[must_use]
    pub fn new(bedrock: Client) -> Self {
        Self { bedrock, http: SharedHttpConnector::new(headgate_runtime::aws::connector()) }
    }

    /// Calls `model`, with `key` where it takes one. What was turned away without any work is tried again.
    ///
    /// # Errors
    /// [`CallError`] of the last try.
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
    // What a provider does not count costs what it could at the most.
    let micro_usd = match tokens {
        Some((input, output)) => model.price.micro_usd(input, output),
        None => asked.at_most(model),
    };
    let (input_tokens, output_tokens) = tokens.unwrap_or_default();
    let seconds = took.as_secs_f64();
    Called { text, usage: Usage { calls: 1, input_tokens, output_tokens, micro_usd, seconds } }
}

/// Full jitter over a pause that doubles.
fn grown(attempt: u32) -> Duration {
    PAUSE.mul_f64(2.0_f64.powi(attempt.cast_signed() - 1) * fastrand::f64())
}
