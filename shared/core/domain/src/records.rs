//! What the ledger stores of changes and permits.

use headgate_events::latest::ChangeProposed;
use headgate_events::{
    Actor, ActorKind, ChangeId, ContentHash, EngagementId, Lane, PlanHash, PrincipalId,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::change::Status;

/// Current state of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeHead {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Id of the engagement that the change belongs to.
    pub engagement_id: EngagementId,
    /// Name of the environment that the change is for.
    pub environment: String,
    /// Lane of the change, which limits what it may touch.
    pub lane: Lane,
    /// Number of the current revision.
    pub revision: u32,
    /// Status of the current revision.
    pub status: Status,
    /// Content hash of the current revision; `None` until it is reviewed.
    pub content_hash: Option<ContentHash>,
    /// Verified proposer of the current revision.
    pub proposer: Actor,
    /// Person who is responsible for the change.
    pub owner: PrincipalId,
    /// Reason for the change in one sentence, for lists.
    pub why: String,
    /// When the first revision was admitted.
    pub created_at: Timestamp,
    /// When this item last changed.
    pub updated_at: Timestamp,
}

impl headgate_events::Versioned for ChangeHead {}

impl ChangeHead {
    /// Whether somebody has a part in the change itself, and may read it for that: they own it, proposed its current revision, or own the
    /// agent that did.
    #[must_use]
    pub fn includes(&self, principal: &PrincipalId) -> bool {
        let Actor { id, on_behalf_of, .. } = &self.proposer;
        [&self.owner, id].into_iter().chain(on_behalf_of).any(|known| known.is(principal))
    }
}

/// A revision of a change, as admitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Revision {
    /// The proposal, converted to the latest version of its event type.
    pub proposed: ChangeProposed,
    /// SHA-256 of the proposal's canonical JSON.
    pub digest: String,
    /// Verified proposer.
    pub proposer: Actor,
    /// Principals who may not vote on the revision if its gate requires separation of duties: everybody who had a part in it or in
    /// an earlier revision.
    pub barred: Vec<PrincipalId>,
    /// Verified principals who proposed this or an earlier revision, or own an agent that did. Only they may revise the change. Earlier
    /// builds did not store them: see [`Revision::may_revise`].
    #[serde(default)]
    pub proposers: Vec<PrincipalId>,
    /// Id of the event that proposed the revision.
    pub event_id: String,
    /// When the revision was admitted.
    pub admitted_at: Timestamp,
}

impl headgate_events::Versioned for Revision {}

impl Revision {
    /// Whether a principal may propose the revision that follows this one: they proposed an earlier one, or own the agent that did.
    #[must_use]
    pub fn may_revise(&self, principal: &PrincipalId) -> bool {
        let Actor { id, on_behalf_of, .. } = &self.proposer;
        self.proposers.iter().chain([id]).chain(on_behalf_of).any(|known| known.is(principal))
    }

    /// Whether an agent proposed it, or made what a person proposed.
    #[must_use]
    pub fn by_agent(&self) -> bool {
        self.proposed.agent.is_some() || self.proposer.kind == ActorKind::Agent
    }
}

/// A permit as stored. The signed token itself is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitRecord {
    /// Id of the permit: the `jti` claim of the token.
    pub permit_id: String,
    /// Id of the change that the permit allows.
    pub change_id: ChangeId,
    /// Number of the revision that the permit allows.
    pub revision: u32,
    /// Content hash that the permit allows.
    pub content_hash: ContentHash,
    /// Hash of the plan that the permit allows.
    pub plan_hash: PlanHash,
    /// SHA-256 of the plan file that the permit allows; `None` only in permits of earlier builds, which cannot be used any more.
    #[serde(default)]
    pub plan_file_sha256: Option<String>,
    /// SHA-256 of the list of the local files that the apply may read; `None` if it may read none.
    #[serde(default)]
    pub files_sha256: Option<String>,
    /// AWS account that the permit allows.
    pub account: String,
    /// AWS region that the permit allows.
    pub region: String,
    /// Environment that the permit allows to change.
    pub environment: String,
    /// Principal who requested the permit.
    pub issued_to: PrincipalId,
    /// When the permit expires.
    pub expires_at: Timestamp,
    /// When the permit was used; a permit can be used once.
    pub used_at: Option<Timestamp>,
    /// When the result of its use was reported, or its apply was released.
    #[serde(default)]
    pub reported_at: Option<Timestamp>,
    /// Operator who released the apply, because nobody reported it.
    #[serde(default)]
    pub released_by: Option<PrincipalId>,
}

impl headgate_events::Versioned for PermitRecord {}

/// The lock of an environment. It allows one apply at a time, because concurrent applies conflict in the
/// state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentLock {
    /// Name of the environment.
    pub environment: String,
    /// Id of the change that is being applied.
    pub change_id: ChangeId,
    /// Id of the permit for the apply.
    pub permit_id: String,
    /// Principal who applies the change.
    pub holder: PrincipalId,
    /// When the apply began.
    pub taken_at: Timestamp,
    /// When the next heartbeat is due. After that the lock still holds, until the apply is reported, or until an
    /// operator releases it.
    pub expires_at: Timestamp,
    /// Whether the apply is reported or released. Earlier builds did not say so: then the permit does.
    #[serde(default)]
    pub ended: bool,
    /// No heartbeat renews the lock beyond this time. Earlier builds had no such limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// Until when credentials live that the apply got. Nobody may release the lock before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials_until: Option<Timestamp>,
    /// The operator who ended the apply, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<BrokenLock>,
}

/// An operator lets no heartbeat renew a lock any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BrokenLock {
    /// The operator.
    pub by: PrincipalId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl headgate_events::Versioned for EnvironmentLock {}
