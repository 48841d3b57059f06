//! The states of a change.

use headgate_events::{Outcome, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The status of a change. It always belongs to the current revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stored, not reviewed yet.
    Accepted,
    /// Sent back by the review or by a person. A new revision may follow.
    NeedsRevision,
    /// Stopped by the review for good.
    Blocked,
    /// People are asked to decide.
    AwaitingDecision,
    /// May be applied under a permit.
    Approved,
    /// A person rejected it.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// Being applied under a permit.
    Applying,
    /// Applied.
    Executed,
    /// Applied in part or not at all.
    ExecutionFailed,
}

impl Status {
    /// The state after a review.
    #[must_use]
    pub fn after_review(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::AwaitingDecision,
            Verdict::Revise => Self::NeedsRevision,
            Verdict::Block => Self::Blocked,
        }
    }

    /// The state after a decision.
    #[must_use]
    pub fn after_decision(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Approved => Self::Approved,
            Outcome::Rejected => Self::Rejected,
            Outcome::Revise => Self::NeedsRevision,
            Outcome::Expired => Self::Expired,
        }
    }

    /// Whether another revision may follow. A blocked, rejected or executed change is over, even if its apply
    /// failed. While a change is being applied, nobody may replace what is being applied. An expired change may be
    /// proposed again. In every other state a new revision replaces the current one and voids its decision.
    #[must_use]
    pub fn accepts_revision(self) -> bool {
        match self {
            Self::Accepted
            | Self::NeedsRevision
            | Self::AwaitingDecision
            | Self::Approved
            | Self::Expired => true,
            Self::Applying
            | Self::Blocked
            | Self::Rejected
            | Self::Executed
            | Self::ExecutionFailed => false,
        }
    }

    /// Whether the change has ended.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Blocked
            | Self::Rejected
            | Self::Expired
            | Self::Executed
            | Self::ExecutionFailed => true,
            Self::Accepted
            | Self::NeedsRevision
            | Self::AwaitingDecision
            | Self::Approved
            | Self::Applying => false,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NeedsRevision => "needs_revision",
            Self::Blocked => "blocked",
            Self::AwaitingDecision => "awaiting_decision",
            Self::Approved => "approved",
            Self::Applying => "applying",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Executed => "executed",
            Self::ExecutionFailed => "execution_failed",
        }
    }
}
