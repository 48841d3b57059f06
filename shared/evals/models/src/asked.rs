//! The request to a model, its reply, and the errors of a call.

use std::time::Duration;

use headgate_suites::Text;
use headgate_suites::prompt::Ask;

use crate::config::Model;

/// A request to a model.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The conversation.
    pub ask: &'a Ask,
    /// Maximum number of tokens in the reply.
    pub output_tokens: u32,
    /// Sampling temperature; `None` for the model's default.
    pub temperature: Option<f64>,
    /// Maximum time for all attempts, including the pauses between them.
    pub timeout: Duration,
}

impl Asked<'_> {
    /// Maximum cost of the call, in millionths of a US dollar.
    #[must_use]
    pub fn at_most(&self, model: &Model) -> u64 {
        model.price.at_most(self.ask.bytes(), self.output_tokens)
    }
}

/// A provider's reply.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) text: Text,
    /// Number of input and output tokens, if the provider reports them.
    pub(crate) tokens: Option<(u64, u64)>,
}

/// The call failed. The error contains neither the key nor the prompt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The provider throttles calls.
    #[error("the provider is throttling calls")]
    Throttled {
        /// How long to wait before the next attempt, if the provider said so.
        after: Option<Duration>,
    },
    /// The provider cannot be reached, or turned the call away before any work.
    #[error("the provider is not available: {0}")]
    Unavailable(String),
    /// The provider failed, or the connection broke, after the request was sent. The call may have been
    /// billed.
    #[error("the provider failed during the call: {0}")]
    Broken(String),
    /// The provider did not answer in time. The call may have been billed.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// The provider refused the call.
    #[error("the provider refused the call: it answered {answered}")]
    Refused {
        /// HTTP status or error code.
        answered: String,
    },
    /// The request cannot be built.
    #[error("the request cannot be built")]
    Unaskable,
    /// The response has another form than expected. The call may have been billed.
    #[error("the provider's answer cannot be used: {0}")]
    Malformed(&'static str),
    /// The deployment does not call this model.
    #[error("the model runs outside this deployment, and its owner reports the cases")]
    External,
}

impl CallError {
    /// Stable error code, as used in results.
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

    /// Whether the model certainly did no work, so that a retry cannot be billed twice.
    pub(crate) fn is_unpaid(&self) -> bool {
        matches!(self, Self::Throttled { .. } | Self::Unavailable(_))
    }

    /// Whether the model may have done work, so that the call may have been billed.
    #[must_use]
    pub fn may_be_paid(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::TimedOut | Self::Malformed(_))
    }
}

/// Whether no connection was made, so that the request cannot have been sent.
pub(crate) fn never_connected(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |e| e.source())
        .filter_map(|e| e.downcast_ref::<hyper_util::client::legacy::Error>())
        .any(hyper_util::client::legacy::Error::is_connect)
}
