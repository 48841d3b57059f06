//! One call, with patience for what was surely not worked on.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_bedrockruntime::Client;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use headgate_evals::prompt::Ask;
use headgate_evals::{Text, Usage};
use tokio::time::Instant;

use crate::config::{Model, Provider};
use crate::openai::Server;
use crate::{bedrock, openai};

/// Tries of a call that was turned away.
const ATTEMPTS: u32 = 5;
/// Shortest time that another try is worth: one that ends at once may have been paid for.
const AT_LEAST: Duration = Duration::from_millis(250);
/// First pause between them; each is up to twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(500);

/// What a model is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The conversation.
    pub ask: &'a Ask,
    /// Most tokens of the reply.
    pub output_tokens: u32,
    /// Sampling temperature.
    pub temperature: Option<f64>,
    /// Longest wait for the reply, pauses between tries included.
    pub timeout: Duration,
}

impl Asked<'_> {
    /// The most that the call can cost, in millionths of a US dollar.
    #[must_use]
    pub fn at_most(&self, model: &Model) -> u64 {
        model.price.at_most(self.ask.bytes(), self.output_tokens)
    }
}

/// What a provider answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) text: Text,
    /// Tokens of input and output, where it says how many.
    pub(crate) tokens: Option<(u64, u64)>,
}

/// A call that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// The reply.
    pub text: Text,
    /// What it used.
    pub usage: Usage,
}

/// A call without an answer. Neither the key nor what was sent is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Too many calls.
    #[error("the provider throttles")]
    Throttled {
        /// When to come back, if it said so.
        after: Option<Duration>,
    },
    /// It is not there, or turned the call away.
    #[error("the provider is not available: {0}")]
    Unavailable(String),
    /// It failed, or the connection broke, after it was asked. The call may have been paid for.
    #[error("the provider failed while it was asked: {0}")]
    Broken(String),
    /// No answer in time. The call may have been paid for.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// It does not want to.
    #[error("the provider refuses the call: it answered {answered}")]
    Refused {
        /// Status or code.
        answered: String,
    },
    /// There is no such request.
    #[error("the request cannot be made")]
    Unaskable,
    /// It answered something else. The call may have been paid for.
    #[error("the provider's answer cannot be used: {0}")]
    Malformed(&'static str),
    /// Nobody here calls it.
    #[error("the model is run by somebody else, who reports its cases")]
    External,
}

impl CallError {
    /// Stable code, as it stands in results.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Throttled { .. } => "throttled",
            Self::Unavailable(_) => "unavailable",
            Self::Broken(_) => "broken",
            Self::TimedOut => "timed_out",
            Self::Refused { .. } => "refused",
            Self::Unaskable => "unaskable",
            Self::Malformed(_) => "malformed",
            Self::External => "external",
        }
    }

    /// Whether the model surely did no work on it, so that another try pays nothing twice.
    fn is_unpaid(&self) -> bool {
        matches!(self, Self::Throttled { .. } | Self::Unavailable(_))
    }

    /// Whether the model may have done work on it, which then is on the bill.
    #[must_use]
    pub fn may_be_paid(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::TimedOut | Self::Malformed(_))
    }
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
            Provider::Bedrock { model_id } => bedrock::call(&self.bedrock, model_id, asked).await,
            Provider::Openai { base_url, model, .. } => {
                openai::call(&self.http, &Server { base_url, model, key }, asked).await
            }
            Provider::External { .. } => Err(CallError::External),
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

/// Whether there was no connection, so that nothing can have been asked.
pub(crate) fn never_connected(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |e| e.source())
        .filter_map(|e| e.downcast_ref::<hyper_util::client::legacy::Error>())
        .any(hyper_util::client::legacy::Error::is_connect)
}

/// Full jitter over a pause that doubles.
fn grown(attempt: u32) -> Duration {
    PAUSE.mul_f64(2.0_f64.powi(attempt.cast_signed() - 1) * fastrand::f64())
}
