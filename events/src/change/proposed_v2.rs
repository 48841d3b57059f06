//! `change.proposed.v2`: adds the person who answers for the agent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Agent, Dossier, Lane, Payload};

/// A change is proposed. The envelope's `subject` is the change id, chosen by the proposer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeProposed {
    /// The engagement that the change is part of.
    pub engagement_id: String,
    /// 1 for a new change, then one more with each revision.
    pub revision: u32,
    /// Environment that the change is for.
    pub environment: String,
    /// Account that the proposer means; must be the environment's own.
    pub account: String,
    /// Region that the proposer means; must be the environment's own.
    pub region: String,
    /// What the change may touch.
    pub lane: Lane,
    /// The agent that proposes; absent when a person does.
    #[serde(default)]
    pub agent: Option<Agent>,
    /// All that a decision rests on.
    pub dossier: Dossier,
}

impl Payload for ChangeProposed {
    const TYPE: &'static str = "change.proposed.v2";
}
