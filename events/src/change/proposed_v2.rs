//! `change.proposed.v2`: adds the person responsible for the agent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Agent, Dossier, EngagementId, Lane, Payload};

/// A change is proposed. The envelope's `subject` is the change id, which the proposer chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeProposed {
    /// The engagement that the change is part of.
    pub engagement_id: EngagementId,
    /// Revision number: 1 for a new change, then incremented.
    pub revision: u32,
    /// Target environment of the change.
    pub environment: String,
    /// Target AWS account id; must be the environment's account.
    pub account: String,
    /// Target region; must be the environment's region.
    pub region: String,
    /// What the change may do.
    pub lane: Lane,
    /// The proposing agent; absent if a person proposes.
    #[serde(default)]
    pub agent: Option<Agent>,
    /// Everything that a decision is based on.
    pub dossier: Dossier,
}

impl Payload for ChangeProposed {
    const TYPE: &'static str = "change.proposed.v2";
}
