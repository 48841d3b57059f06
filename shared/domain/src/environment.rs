//! Environments: where a change may go and what its gate asks for.

use headgate_events::GateRequirements;
use serde::{Deserialize, Serialize};

/// One environment. Each names the one account and region that changes for it may touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// `local`, `sandbox`, `dev`, `staging` or `prod`.
    pub name: String,
    /// Twelve-digit account id.
    pub account: String,
    /// Region, such as `eu-central-1`.
    pub region: String,
    /// What the gate asks for.
    pub gate: GateRequirements,
    /// Largest rise of the monthly bill that passes review, in US cents.
    pub monthly_cost_limit_cents: i64,
}

/// All environments that a deployment of the fleet serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Environments(pub Vec<Environment>);

impl Environments {
    /// The environment of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Environment> {
        self.0.iter().find(|e| e.name == name)
    }

    /// Names of all, for messages.
    #[must_use]
    pub fn names(&self) -> String {
        self.0.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl std::str::FromStr for Environments {
    type Err = String;

    /// From a JSON list. An empty list, a gate that can never open and a limit of 0 seconds are
    /// refused.
    fn from_str(text: &str) -> Result<Self, String> {
        let all: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        if all.0.is_empty() {
            return Err("no environment is listed".to_owned());
        }
        for e in &all.0 {
            let name = &e.name;
            if e.gate.quorum > 0 && e.gate.roles.is_empty() {
                return Err(format!("{name}: the gate needs a quorum but names no role"));
            }
            if e.gate.quorum > 0 && e.gate.expires_in_seconds == 0 {
                return Err(format!("{name}: the gate would expire at once"));
            }
            if e.name == "prod" && !e.gate.separation_of_duties {
                return Err("prod: separation of duties cannot be switched off".to_owned());
            }
        }
        Ok(all)
    }
}
