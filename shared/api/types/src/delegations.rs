//! `/v1/delegations`: votes in another person's roles.

use headgate_domain::approval::Delegation;
use headgate_events::PrincipalId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lets another person vote in the caller's roles for a limited time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationRequest {
    /// Id of the other person.
    pub to: PrincipalId,
    /// Roles to delegate, of those that the caller has.
    pub roles: Vec<String>,
    /// Environments that the delegation is limited to; all if empty.
    #[serde(default)]
    pub environments: Vec<String>,
    /// When the delegation ends, at most 30 days from now.
    pub until: Timestamp,
    /// The reason, up to 500 characters.
    pub reason: String,
}

/// Says that a person has lost roles. What they delegated of these roles ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LostRolesRequest {
    /// The person.
    pub person: PrincipalId,
    /// The roles, 1 to 20.
    pub roles: Vec<String>,
    /// The reason.
    pub reason: String,
}

/// Delegations by and to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delegations {
    /// Delegations by the caller, newest first.
    pub given: Vec<Delegation>,
    /// Delegations to the caller.
    pub received: Vec<Delegation>,
}
