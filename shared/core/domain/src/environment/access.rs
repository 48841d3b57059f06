//! Which credentials an apply gets.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shortest and longest session that STS gives to a role that assumes another, in seconds:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
pub const SESSION_SECONDS: std::ops::RangeInclusive<u32> = 900..=3_600;

/// How wide a session policy is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// The ARNs of the resources.
    #[default]
    Exact,
    /// What the names of the resources have in common.
    Names,
    /// Whole services.
    Services,
}

impl Width {
    /// Its name in events and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Names => "names",
            Self::Services => "services",
        }
    }
}

/// How an apply gets its credentials: the fleet assumes a role in the environment's account, with a session policy that is derived from the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyAccess {
    /// ARN of the apply role.
    pub role_arn: String,
    /// External id that the role's trust policy demands.
    pub external_id: String,
    /// How long credentials live, in seconds. The executor renews them while it holds the lock.
    #[serde(default = "shortest")]
    pub session_seconds: u32,
    /// The widest session policy, if STS finds narrower ones too large.
    #[serde(default)]
    pub widest: Width,
    /// ARNs of objects in S3, and of tables of locks, that applies may use for their state, with `*`. A backend of S3 that is not among them gets no
    /// credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// What applies may do besides what their plans say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
}

/// Something that applies may do besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Resource types: the grant holds for plans that change one of them. Empty means every plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Actions of IAM, such as `secretsmanager:CreateSecret`.
    pub actions: Vec<String>,
    /// ARNs, or `*`.
    #[serde(default = "every")]
    pub resources: Vec<String>,
}

fn shortest() -> u32 {
    *SESSION_SECONDS.start()
}

fn every() -> Vec<String> {
    vec!["*".to_owned()]
}

impl Grant {
    /// Whether the grant holds for a plan that changes resources of these types.
    #[must_use]
    pub fn holds(&self, kinds: &BTreeSet<&str>) -> bool {
        self.types.is_empty() || self.types.iter().any(|kind| kinds.contains(kind.as_str()))
    }
}

impl ApplyAccess {
    pub(super) fn check(&self, account: &str, max_apply_seconds: u32) -> Result<(), String> {
        let parts: Vec<_> = self.role_arn.split(':').collect();
        let is_role = matches!(parts.as_slice(), ["arn", _, "iam", "", owner, role]
            if *owner == account && role.starts_with("role/") && role.len() > "role/".len());
        if !is_role {
            return Err(format!("access.role_arn must be a role of the account {account}"));
        }
        if !(2..=1_224).contains(&self.external_id.len()) {
            return Err("access.external_id must have 2 to 1224 characters".to_owned());
        }
        if !SESSION_SECONDS.contains(&self.session_seconds) {
            let (from, to) = (SESSION_SECONDS.start(), SESSION_SECONDS.end());
            return Err(format!("access.session_seconds must be {from} to {to}"));
        }
        // STS gives no shorter credentials, they must not outlive the lock, and asking for them takes a moment.
        if max_apply_seconds < self.session_seconds + 60 {
            return Err(
                "max_apply_seconds must be at least access.session_seconds and a minute".to_owned()
            );
        }
        let empty = |grant: &Grant| grant.actions.is_empty() || grant.resources.is_empty();
        if self.grants.iter().any(empty) {
            return Err("a grant in access.grants needs actions and resources".to_owned());
        }
        Ok(())
    }
}
