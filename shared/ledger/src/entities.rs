//! What is stored about a change, besides what the domain and the events define.

use headgate_domain::change::Status;
use headgate_events::latest::ChangeProposed;
use headgate_events::{Actor, Lane};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Current state of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHead {
    /// The change.
    pub change_id: String,
    /// Its engagement.
    pub engagement_id: String,
    /// Environment it is for.
    pub environment: String,
    /// What it may touch.
    pub lane: Lane,
    /// Current revision.
    pub revision: u32,
    /// Where the current revision stands.
    pub status: Status,
    /// Content hash of the current revision, once it was reviewed.
    pub content_hash: Option<String>,
    /// Who proposed the current revision, verified.
    pub proposer: Actor,
    /// The person who answers for the change.
    pub owner: String,
    /// One sentence for lists.
    pub why: String,
    /// When the first revision was admitted.
    pub created_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

/// A revision as it was admitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// The proposal, in its latest version.
    pub proposed: ChangeProposed,
    /// SHA-256 of the proposal's canonical JSON.
    pub digest: String,
    /// Who proposed it, verified.
    pub proposer: Actor,
    /// Principals who may not decide on it where duties are separate.
    pub barred: Vec<String>,
    /// Id of the event that brought it.
    pub event_id: String,
    /// When it was admitted.
    pub admitted_at: Timestamp,
}

/// A permit, as the gate remembers it. The signed token itself is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitRecord {
    /// `jti` of the token.
    pub permit_id: String,
    /// The change.
    pub change_id: String,
    /// The revision.
    pub revision: u32,
    /// The one content it allows.
    pub content_hash: String,
    /// Effect of the one plan it allows.
    pub plan_hash: String,
    /// SHA-256 of the one plan file it allows, where the proposal had it.
    #[serde(default)]
    pub plan_file_sha256: Option<String>,
    /// The one account it allows.
    pub account: String,
    /// The one region it allows.
    pub region: String,
    /// The environment that it allows to change.
    pub environment: String,
    /// Who asked for it.
    pub issued_to: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was used; a permit is used once.
    pub used_at: Option<Timestamp>,
    /// When its user said what became of it.
    #[serde(default)]
    pub reported_at: Option<Timestamp>,
}

/// Who changes an environment now. One apply at a time: two at once would meet in the state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironmentLock {
    /// The environment.
    pub environment: String,
    /// The change that is being applied.
    pub change_id: String,
    /// The permit that it is applied under.
    pub permit_id: String,
    /// Who applies it.
    pub holder: String,
    /// When the apply began.
    pub taken_at: Timestamp,
    /// When the lock ends unless its holder renews it.
    pub expires_at: Timestamp,
}

/// One piece of delivery work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// Its id.
    pub engagement_id: String,
    /// What it is to reach.
    pub goal: String,
    /// Who owns it.
    pub owner: String,
    /// How one sees that it is done.
    pub acceptance_criteria: Vec<String>,
    /// Environment it works in.
    pub environment: String,
    /// When it began.
    pub created_at: Timestamp,
}
