//! `/v1/engagements`: engagements, their timelines and their figures.

use std::collections::BTreeMap;

use headgate_domain::figures::{Phase, Summary};
use headgate_domain::timeline::{Entry, Head};
use headgate_events::EngagementId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_domain::records::Engagement;

/// Starts an engagement. The caller becomes its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngageRequest {
    /// Id of the engagement: 1 to 64 characters of a-z, 0-9 and -.
    pub engagement_id: EngagementId,
    /// Goal of the work.
    pub goal: String,
    /// Criteria that show that the work is done.
    #[serde(default)]
    pub acceptance_criteria: Vec<String>,
    /// Environment in which the work happens.
    pub environment: String,
}

/// An engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The engagement.
    pub engagement: Engagement,
}

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// The entries, oldest first. Each contains the hash of the one before it.
    pub entries: Vec<Entry>,
    /// Number and hash of the newest entry.
    pub head: Head,
    /// The `after` of the next page; `null` on the last page.
    pub next_after: Option<u64>,
}

/// Figures of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Metrics {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Counts of events and outcomes.
    pub summary: Summary,
    /// Durations of the phases (`review`, `decision`, `execution`) that have ended at least once.
    pub phases: BTreeMap<String, Phase>,
}
