//! What is sent to a model, and what can come back.

use std::time::Duration;

use headgate_suites::Text;
use headgate_suites::prompt::Ask;

use crate::config::Model;

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
    pub(crate) fn is_unpaid(&self) -> bool {
        matches!(self, Self::Throttled { .. } | Self::Unavailable(_))
    }

    /// Whether the model may have done work on it, which then is on the bill.
    #[must_use]
    pub fn may_be_paid(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::TimedOut | Self::Malformed(_))
    }
}

/// Whether there was no connection, so that nothing can have been asked.
pub(crate) fn never_connected(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |e| e.source())
        .filter_map(|e| e.downcast_ref::<hyper_util::client::legacy::Error>())
        .any(hyper_util::client::legacy::Error::is_connect)
}
