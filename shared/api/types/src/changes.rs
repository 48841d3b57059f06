//! `/v1/changes`: proposals, and what became of them.

use headgate_domain::approval::Approval;
use headgate_domain::plan::{ShownResource, Summary};
use headgate_domain::records::ChangeHead;
use headgate_events::latest::ChangeProposed;
use headgate_events::{Artifact, ChangeId, PlanHash};
use headgate_review::Report;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Proposes a change. The rest of the body is the `data` of `change.proposed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProposeRequest {
    /// Id of the change: 1 to 64 characters of a-z, 0-9 and -.
    pub change_id: ChangeId,
    /// The proposal.
    #[serde(flatten)]
    pub proposed: ChangeProposed,
}

/// The proposal was published. An event then reports whether it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposed {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Number of the revision.
    pub revision: u32,
    /// Id of the event. Proposing the same content again yields the same event.
    pub event_id: String,
}

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// The changes, newest first.
    pub changes: Vec<ChangeHead>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// A change with its current proposal, review and approval.
///
/// The type of the review can be chosen: a reader that needs only a part of it, or passes it on, must not fail because
/// another build stored a member that it does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    rename = "Change",
    description = "A change with its current proposal, review and approval."
)]
pub struct Change<R = Report> {
    /// Current state of the change.
    pub change: ChangeHead,
    /// The current revision, as proposed.
    pub proposed: Option<ChangeProposed>,
    /// The machine review; `null` until the revision is reviewed.
    pub review: Option<R>,
    /// The approval; `null` until one is requested.
    pub approval: Option<Approval>,
}

/// A piece of evidence, and where to download it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Number of the revision.
    pub revision: u32,
    /// The artifact as the dossier declares it. Check what you download against its digest and size.
    pub artifact: Artifact,
    /// URL for the `GET` request.
    pub url: String,
    /// Seconds until the URL expires.
    pub expires_in_seconds: u64,
}

/// The local files that an apply of the current revision may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Files {
    /// Number of the revision.
    pub revision: u32,
    /// SHA-256 of the list, which the content hash and the permit cover.
    pub sha256: String,
    /// The list as it was proposed, byte for byte: paths with their SHA-256 and sizes, as JSON.
    pub json: String,
}

/// A page of the plan of a change: what an apply does to each resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Number of the revision.
    pub revision: u32,
    /// SHA-256 of the plan that was proposed, which a decision is bound to.
    pub plan_sha256: String,
    /// Numbers of resources by action, in the whole plan.
    pub summary: Summary,
    /// Resources and outputs: those that are destroyed or replaced first, then by address.
    pub resources: Vec<ShownResource>,
    /// What else to know of the plan, a line each: actions that the apply invokes, drift, deferred changes, failed checks.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The `after` of the next page; `null` on the last page.
    pub next_after: Option<u32>,
}

/// The part of a review that a voter or an executor needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Hash of the plan that was reviewed.
    #[serde(default)]
    pub plan_hash: PlanHash,
    /// Numbers of resources by action.
    pub summary: Summary,
}
