//! The statement that a plan was approved, for tools that know nothing of Headgate: an in-toto statement
//! (<https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>).

use headgate_events::{
    Actor, ChangeId, ContentHash, EngagementId, GateRequirements, Lane, Outcome, PlanHash,
    PrincipalId, Vote, VoteKind,
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
    /// The approved plan, as JSON. The plan file is not a subject: `headgate apply` compares it with the plan, and no reviewer has seen it.
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
    /// Always `plan`.
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
    /// SHA-256 of the only plan file that may be applied. `headgate apply` checks that it has this plan; a reviewer did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_file_sha256: Option<String>,
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
    /// Who approved.
    pub approvals: Vec<By>,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// When this statement was made. A later revision, or a freeze, may void the approval since.
    pub stated_at: Timestamp,
}

/// A vote for the change, without the voter's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The voter.
    pub principal: PrincipalId,
    /// The person who delegated their roles to them, if they voted for somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PrincipalId>,
    /// Roles of the gate that they held.
    pub roles: Vec<String>,
    /// When the vote was counted.
    pub at: Timestamp,
}

/// The statement about an approval; `None` unless there is one. The caller has checked that it follows from the review.
#[must_use]
pub fn statement(
    revision: &Revision,
    approval: &Approval,
    plan_hash: &PlanHash,
    now: Timestamp,
) -> Option<Statement> {
    let decided_at = approval.decided_at?;
    if approval.outcome != Some(Outcome::Approved) {
        return None;
    }
    let proposed = &revision.proposed;
    let by = |vote: &Vote| By {
        principal: vote.principal.clone(),
        on_behalf_of: vote.on_behalf_of.clone(),
        roles: vote.roles.clone(),
        at: vote.at,
    };
    let approvals = approval.votes.iter().filter(|vote| vote.vote == VoteKind::Approve);
    Some(Statement {
        kind: STATEMENT.to_owned(),
        subject: vec![Subject {
            name: "plan".to_owned(),
            digest: Digest { sha256: proposed.dossier.plan.sha256.clone() },
        }],
        predicate_type: APPROVAL.to_owned(),
        predicate: Predicate {
            change_id: approval.change_id.clone(),
            revision: approval.revision,
            engagement_id: proposed.engagement_id.clone(),
            content_hash: approval.content_hash.clone(),
            plan_hash: plan_hash.clone(),
            plan_file_sha256: plan_file(&proposed.dossier).map(|file| file.sha256.clone()),
            environment: proposed.environment.clone(),
            account: proposed.account.clone(),
            region: proposed.region.clone(),
            lane: proposed.lane,
            proposer: revision.proposer.clone(),
            gate: approval.gate.clone(),
            approvals: approvals.map(by).collect(),
            decided_at,
            stated_at: now,
        },
    })
}
