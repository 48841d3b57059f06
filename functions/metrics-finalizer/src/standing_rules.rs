//! Which evaluations count towards a standing.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_events::Lane;
use headgate_suites::Ceilings;

/// Which runs count towards a standing, and the lanes they earn.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRules {
    /// Suites whose runs count, each with the SHA-256 of its version. Other versions do not count, because
    /// anybody who may request evaluations can upload one under the same name.
    pub suites: BTreeMap<String, String>,
    /// Lower limits that the solved rate must reach to earn each lane.
    #[serde(default)]
    pub ceilings: Ceilings,
    /// Lane of a model that has no standing yet. If absent, it is `execute`.
    #[serde(default)]
    pub unproven: Option<Lane>,
}

impl StandingRules {
    pub(crate) fn unproven(&self) -> Lane {
        self.unproven.unwrap_or(Lane::Execute)
    }
}

impl FromStr for StandingRules {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}
