//! Types that several events share. A change here changes committed schemas. The contract test then fails,
//! and every affected event needs a new version.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::PrincipalId;

/// What a change may do, from least to most.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Reads, but changes nothing.
    ReadOnly,
    /// Plans, but applies nothing.
    DryRun,
    /// Applies the plan.
    Execute,
}

impl Lane {
    /// The name used in events.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadOnly => "read_only",
            Self::DryRun => "dry_run",
            Self::Execute => "execute",
        }
    }
}

impl FromStr for Lane {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lanes = [Self::ReadOnly, Self::DryRun, Self::Execute];
        let found = lanes.into_iter().find(|lane| lane.name() == text);
        found.ok_or_else(|| format!("`{text}` is not a lane; use read_only, dry_run or execute"))
    }
}

/// The agent or CI job that made a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Agent {
    /// Stable id; for proposals on the bus it must equal the sender of the entry (`agent.<id>`).
    pub id: PrincipalId,
    /// The model that wrote the proposal, as its provider names it.
    pub model: String,
    /// The person responsible for the agent. They may not approve its changes.
    pub human_owner: Option<PrincipalId>,
}

/// A stored file, named by its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Artifact {
    /// `s3://bucket/key`.
    pub uri: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type, such as `application/json`.
    pub media_type: String,
}

/// Everything that a decision is based on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// Why the change is wanted.
    pub why: String,
    /// Systems that the change affects.
    pub affected_systems: Vec<String>,
    /// Output of `terraform show -json` for the plan to be applied.
    pub plan: Artifact,
    /// Test reports, dry-run output, screenshots: what the lane asks for.
    #[serde(default)]
    pub evidence: Vec<Artifact>,
    /// What breaks, and for whom, if the change goes wrong.
    pub blast_radius: String,
    /// How to roll back.
    pub rollback: String,
    /// Change of the monthly cost in US cents; absent if unknown.
    #[serde(default)]
    pub monthly_cost_delta_cents: Option<i64>,
    /// Person responsible for the change.
    pub owner: PrincipalId,
    /// Person responsible if the owner is unavailable.
    pub fallback_owner: PrincipalId,
    /// How the change is rolled out.
    pub rollout: Rollout,
}

/// Steps of a rollout, and the limits at which it stops.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rollout {
    /// Steps, in order.
    pub steps: Vec<String>,
    /// Limits at which the rollout stops.
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
}

/// A measured limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Threshold {
    /// What is measured, such as `errors_per_minute`.
    pub metric: String,
    /// The value at which the rollout stops, in the metric's unit.
    pub limit: f64,
}

/// How serious a finding is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// For the people who decide. The verdict stays `pass`.
    Warning,
    /// The proposer must revise.
    Error,
    /// The change must not happen.
    Critical,
}

/// One thing that a review found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable id of the rule, such as `iam.wildcard_action`.
    pub rule: String,
    /// How serious the finding is.
    pub severity: Severity,
    /// Full Terraform address, or the part of the dossier that the finding is about.
    pub resource: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
}

/// Result of the machine review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The change goes on to the gate.
    Pass,
    /// The change goes back to the proposer.
    Revise,
    /// The change ends here.
    Block,
}

/// One reason for a refusal: a stable code for programs, a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Stable code, such as `artifact_missing`.
    pub code: String,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Reason {
    /// A reason from its two parts.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }
}
