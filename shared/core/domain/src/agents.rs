//! The registered agents. Who owns an agent, and with which models it runs, is known only from here.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_events::{Agent, PrincipalId, Reason};

/// Known agents, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agents(pub BTreeMap<String, Registered>);

/// Registration of an agent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// Id of the person responsible for it. That person may not decide on its changes.
    pub human_owner: PrincipalId,
    /// Models that it may run with, by the names that evaluations use; at least one. It cannot use the standing of another model.
    pub models: Vec<String>,
}

impl FromStr for Agents {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all: BTreeMap<String, Registered> =
            serde_json::from_str(text).map_err(|e| e.to_string())?;
        for (id, Registered { human_owner, models }) in &all {
            if !human_owner.is_valid() {
                return Err(format!(
                    "the human owner of agent `{id}` must be 1 to 255 visible ASCII characters"
                ));
            }
            if models.is_empty() {
                return Err(format!("agent `{id}` has no models; name at least one"));
            }
        }
        Ok(Self(all))
    }
}

impl Agents {
    /// The registration of an agent.
    ///
    /// # Errors
    /// `agent_unknown`.
    pub fn require(&self, id: &str) -> Result<&Registered, Reason> {
        self.0.get(id).ok_or_else(|| {
            let message =
                format!("agent `{id}` is not registered here; add it to the fleet's agents");
            Reason::new("agent_unknown", message)
        })
    }
}

impl Registered {
    /// Checks that the agent may run with the model that it declares.
    ///
    /// # Errors
    /// `model_unknown`.
    pub fn may_use(&self, Agent { id, model, .. }: &Agent) -> Result<(), Reason> {
        if self.models.contains(model) {
            return Ok(());
        }
        let known = self.models.join(", ");
        let message =
            format!("agent `{id}` may not use the model `{model}`; its models are: {known}");
        Err(Reason::new("model_unknown", message))
    }
}
