//! Standard environments, for reviews without a deployment.

use headgate_events::GateRequirements;

use super::Environment;

/// Names of the profiles.
const PROFILES: [&str; 5] = ["local", "sandbox", "dev", "staging", "prod"];

/// A week, in seconds.
const WEEK: u32 = 7 * 24 * 3600;

impl Environment {
    /// The profile with this name. `local`, `sandbox` and `dev` require no approval, `staging` requires one
    /// approver, and `prod` requires two people with the role `approver` or `operator`. Profiles are not
    /// bound to an account.
    #[must_use]
    pub fn profile(name: &str) -> Option<Self> {
        let name = PROFILES.iter().find(|n| **n == name)?;
        let (quorum, roles, limit): (u32, &[&str], i64) = match *name {
            "prod" => (2, &["approver", "operator"], 100_000),
            "staging" => (1, &["approver"], 50_000),
            _ => (0, &["approver"], 20_000),
        };
        Some(Self {
            name: (*name).to_owned(),
            class: None,
            account: String::new(),
            region: String::new(),
            gate: GateRequirements {
                quorum,
                roles: roles.iter().map(|r| (*r).to_owned()).collect(),
                seats: Vec::new(),
                demanded: Vec::new(),
                escalations: Vec::new(),
                confirm: None,
                separation_of_duties: quorum > 0,
                expires_in_seconds: WEEK,
            },
            gate_rules: Vec::new(),
            monthly_cost_limit_cents: limit,
            plan_max_age_seconds: super::a_day(),
            max_apply_seconds: super::MAX_APPLY_SECONDS,
            access: None,
            windows: Vec::new(),
            freezes: Vec::new(),
        })
    }

    /// Names of the profiles, for messages.
    #[must_use]
    pub fn profiles() -> String {
        PROFILES.join(", ")
    }
}
