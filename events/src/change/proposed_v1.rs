//! `change.proposed.v1`: the first version, in which an agent had no human owner.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::proposed_v2;
use crate::{Dossier, EngagementId, Lane, Payload, PrincipalId};

/// A change is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeProposed {
    /// The engagement that the change is part of.
    pub engagement_id: EngagementId,
    /// Revision number: 1 for a new change, then incremented.
    pub revision: u32,
    /// Target environment of the change.
    pub environment: String,
    /// Target AWS account id, as given by the proposer.
    pub account: String,
    /// Target region, as given by the proposer.
    pub region: String,
    /// What the change may do.
    pub lane: Lane,
    /// The proposing agent; absent if a person proposes.
    #[serde(default)]
    pub agent: Option<AgentV1>,
    /// Everything that a decision is based on.
    pub dossier: Dossier,
}

/// An agent, as in version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AgentV1 {
    /// Stable id of the agent.
    pub id: PrincipalId,
    /// The model that wrote the proposal.
    pub model: String,
}

impl Payload for ChangeProposed {
    const TYPE: &'static str = "change.proposed.v1";
}

impl From<ChangeProposed> for proposed_v2::ChangeProposed {
    fn from(old: ChangeProposed) -> Self {
        let ChangeProposed {
            engagement_id,
            revision,
            environment,
            account,
            region,
            lane,
            agent,
            dossier,
        } = old;
        Self {
            engagement_id,
            revision,
            environment,
            account,
            region,
            lane,
            agent: agent.map(|AgentV1 { id, model }| crate::Agent { id, model, human_owner: None }),
            dossier,
        }
    }
}
