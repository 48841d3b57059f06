//! Environments: where and when a change may be applied, and what its gate requires.

mod access;
mod calendar;
mod profile;
mod rule;

use headgate_events::GateRequirements;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use access::{ApplyAccess, Grant, SESSION_SECONDS, Width};
pub use calendar::{Closed, Freeze, Window};
pub use rule::{GateRule, Reach, check_gate, check_gate_members, demand_seats};

/// One environment, with the only account and region that its changes may touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// `local`, `sandbox`, `dev`, `staging`, `prod`, or a custom name.
    pub name: String,
    /// The standard environment that a custom name is treated as. Production rules apply to the class `prod`.
    #[serde(default)]
    pub class: Option<String>,
    /// Twelve-digit account id.
    pub account: String,
    /// Region, such as `eu-central-1`.
    pub region: String,
    /// What the gate requires for every change.
    pub gate: GateRequirements,
    /// What the gate also requires, by lane, proposer and reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate_rules: Vec<GateRule>,
    /// Largest increase of the monthly cost that passes review, in US cents.
    pub monthly_cost_limit_cents: i64,
    /// How long after its review a plan may still be decided on and applied, in seconds.
    #[serde(default = "a_day")]
    pub plan_max_age_seconds: u32,
    /// How long an apply may keep the environment locked, in seconds.
    #[serde(default = "four_hours", skip_serializing_if = "is_four_hours")]
    pub max_apply_seconds: u32,
    /// How an apply gets its credentials; without it, the executor has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<ApplyAccess>,
    /// When changes may be applied; empty means always.
    #[serde(default)]
    pub windows: Vec<Window>,
    /// When nothing may be applied, even in a window.
    #[serde(default)]
    pub freezes: Vec<Freeze>,
}

fn a_day() -> u32 {
    24 * 3600
}

/// The lock of an apply is renewed for so long, unless the environment says otherwise. Creating a database cluster or a distribution
/// takes up to an hour.
pub const MAX_APPLY_SECONDS: u32 = 4 * 3600;

fn four_hours() -> u32 {
    MAX_APPLY_SECONDS
}

/// Stored reviews have the environment; those of earlier builds do not differ from today's for this.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes references
fn is_four_hours(seconds: &u32) -> bool {
    *seconds == MAX_APPLY_SECONDS
}

/// All environments that a deployment of the fleet serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Environments(pub Vec<Environment>);

impl Environment {
    /// The class, or the name if no class is set.
    #[must_use]
    pub fn class(&self) -> &str {
        self.class.as_deref().unwrap_or(&self.name)
    }

    /// Whether production rules apply.
    #[must_use]
    pub fn is_production(&self) -> bool {
        self.class() == "prod" || self.name == "prod"
    }
}

impl Environments {
    /// Finds the environment with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Environment> {
        self.0.iter().find(|e| e.name == name)
    }

    /// The names of all environments, for messages.
    #[must_use]
    pub fn names(&self) -> String {
        self.0.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl std::str::FromStr for Environments {
    type Err = String;

    /// Parses a JSON list. Refuses an empty list, a gate that can never open, and a time limit of 0 seconds.
    fn from_str(text: &str) -> Result<Self, String> {
        let all: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        rule::check_members(text)?;
        if all.0.is_empty() {
            return Err("no environment is listed; add at least one".to_owned());
        }
        for (i, e) in all.0.iter().enumerate() {
            e.check()?;
            if all.0[..i].iter().any(|other| other.name == e.name) {
                return Err(format!("{}: the environment is listed twice", e.name));
            }
        }
        Ok(all)
    }
}

impl Environment {
    fn check(&self) -> Result<(), String> {
        let name = &self.name;
        check_gate(&self.gate).map_err(|problem| format!("{name}: {problem}"))?;
        for rule in &self.gate_rules {
            rule.check().map_err(|problem| format!("{name}: {problem}"))?;
        }
        if self.plan_max_age_seconds == 0 {
            return Err(format!("{name}: plan_max_age_seconds must be 1 or more"));
        }
        if !(300..=24 * 3600).contains(&self.max_apply_seconds) {
            return Err(format!("{name}: max_apply_seconds must be 300 to 86400"));
        }
        if let Some(access) = &self.access {
            let checked = access.check(&self.account, self.max_apply_seconds);
            checked.map_err(|problem| format!("{name}: {problem}"))?;
        }
        if self.is_production() && !self.gate.separation_of_duties {
            return Err(format!("{name}: production requires separation_of_duties = true"));
        }
        if self.is_production() && self.gate.quorum == 0 {
            return Err(format!("{name}: production requires a quorum of 1 or more"));
        }
        if let Some(freeze) = self.freezes.iter().find(|f| f.until <= f.from) {
            return Err(format!("{name}: a freeze ends at {}, before it begins", freeze.until));
        }
        for window in &self.windows {
            window.check().map_err(|problem| format!("{name}: {problem}"))?;
        }
        Ok(())
    }
}
