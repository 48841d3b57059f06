//! `change.proposed.v1`: the first shape, in which an agent had no human owner.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::proposed_v2;
use crate::{Dossier, Lane, Payload};

/// A change is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeProposed {
    /// The engagement that the change is part of.
    pub engagement_id: String,
    /// 1 for a new change, then one more with each revision.
    pub revision: u32,
    /// Environment that the change is for.
    pub environment: String,
    /// Account that the proposer means.
    pub account: String,
    /// Region that the proposer means.
    pub region: String,
    /// What the change may touch.
    pub lane: Lane,
    /// The agent that proposes; absent when a person does.
    #[serde(default)]
    pub agent: Option<AgentV1>,
    /// All that a decision rests on.
    pub dossier: Dossier,
}

/// An agent as version 1 knew it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AgentV1 {
    /// Stable id.
    pub id: String,
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
