//! The statement that a plan was approved, for tools that know nothing of Headgate: an in-toto statement
//! (<https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>).

use headgate_events::{
    Actor, ChangeId, ContentHash, EngagementId, GateRequirements, Lane, Outcome, PlanHash, Vote,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::approval::Approval;
use crate::content::plan_file;
use crate::records::Revision;

/// Type of every statement.
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// Type of this predicate. in-toto has no vetted one for approvals.
pub const APPROVAL: &str = "urn:headgate:attestation:approval:v1";

/// An in-toto statement about an approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Always the type of statements.
    #[serde(rename = "_type")]
    pub kind: String,
    /// What was approved: the plan as JSON, and the plan file.
    pub subject: Vec<Subject>,
    /// Always [`APPROVAL`].
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// The approval.
    pub predicate: Predicate,
}

/// A file that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// `plan` or `plan-file`.
    pub name: String,
    /// Its digest.
    pub digest: Digest,
}

/// The digest of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// Who decided what, and about what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Predicate {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Its revision.
    pub revision: u32,
    /// Its engagement.
    pub engagement_id: EngagementId,
    /// Hash of everything that was decided on.
    pub content_hash: ContentHash,
    /// Hash of the plan.
    pub plan_hash: PlanHash,
    /// Where it may be applied.
    pub environment: String,
    /// The only AWS account.
    pub account: String,
    /// The only region.
    pub region: String,
    /// What the change may do there.
    pub lane: Lane,
    /// Who proposed it.
    pub proposer: Actor,
    /// Who had to decide.
    pub gate: GateRequirements,
    /// How they voted.
    pub votes: Vec<Vote>,
    /// The decision.
    pub outcome: Outcome,
    /// When it was decided.
    pub decided_at: Timestamp,
}

/// The statement about a decision; `None` while there is none.
#[must_use]
pub fn statement(
    revision: &Revision,
    approval: &Approval,
    plan_hash: &PlanHash,
) -> Option<Statement> {
    let (outcome, decided_at) = (approval.outcome?, approval.decided_at?);
    let proposed = &revision.proposed;
    let subject = |name: &str, sha256: &str| Subject {
        name: name.to_owned(),
        digest: Digest { sha256: sha256.to_owned() },
    };
    let file = plan_file(&proposed.dossier).map(|file| subject("plan-file", &file.sha256));
    let plan = subject("plan", &proposed.dossier.plan.sha256);
    Some(Statement {
        kind: STATEMENT.to_owned(),
        subject: std::iter::once(plan).chain(file).collect(),
        predicate_type: APPROVAL.to_owned(),
        predicate: Predicate {
            change_id: approval.change_id.clone(),
            revision: approval.revision,
            engagement_id: proposed.engagement_id.clone(),
            content_hash: approval.content_hash.clone(),
            plan_hash: plan_hash.clone(),
            environment: proposed.environment.clone(),
            account: proposed.account.clone(),
            region: proposed.region.clone(),
            lane: proposed.lane,
            proposer: revision.proposer.clone(),
            gate: approval.gate.clone(),
            votes: approval.votes.clone(),
            outcome,
            decided_at,
        },
    })
}
