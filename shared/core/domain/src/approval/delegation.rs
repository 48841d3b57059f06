//! Delegations: one person lets another vote in their roles for a limited time.

use headgate_events::PrincipalId;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest delegation, in days. The delegator's roles are verified only once, when they delegate.
pub const MAX_DELEGATION_DAYS: i64 = 30;

/// Longest name of a person, in bytes.
pub const MAX_NAME: usize = 256;
/// Maximum number of roles in one delegation.
const MAX_ROLES: usize = 20;

/// Permission for one person to vote in the roles of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delegation {
    /// Id of the delegation.
    pub id: String,
    /// Person whose roles are delegated; verified when the delegation was created.
    pub from: PrincipalId,
    /// Person who may vote in these roles.
    pub to: PrincipalId,
    /// The delegated roles.
    pub roles: Vec<String>,
    /// Environments in which it applies; empty means all.
    #[serde(default)]
    pub environments: Vec<String>,
    /// Why it was created.
    pub reason: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// When it was revoked; absent if it was not.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
}

impl headgate_events::Versioned for Delegation {}

/// The roles in which a voter may act for somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Person whose roles were delegated.
    pub by: PrincipalId,
    /// The delegated roles.
    pub roles: Vec<String>,
    /// Ids of the delegations that the grant is based on.
    pub delegations: Vec<String>,
}

/// Why a delegation was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DelegationError {
    /// The delegate is missing, or is the person who delegates.
    #[error("name another person to delegate to (`to`)")]
    Nobody,
    /// No role, or too many.
    #[error("name the roles to delegate (`roles`), up to {MAX_ROLES}")]
    NoRole,
    /// The person does not hold the role. Delegated roles cannot be delegated further.
    #[error("you do not hold the role {0} yourself, so you cannot delegate it")]
    NotHeld(String),
    /// The end is not in the future, or is too far away.
    #[error(
        "a delegation must end (`until`) in the future, within {MAX_DELEGATION_DAYS} days; \
         make another one when it ends"
    )]
    Until,
    /// The reason is missing or too long.
    #[error("give a reason (`reason`) of up to 500 characters")]
    Reason,
}

impl DelegationError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Nobody => "delegate_invalid",
            Self::NoRole => "roles_missing",
            Self::NotHeld(_) => "role_missing",
            Self::Until => "until_invalid",
            Self::Reason => "reason_invalid",
        }
    }
}

impl Delegation {
    /// Checks that a person who holds the roles `held` may make this delegation.
    ///
    /// # Errors
    /// [`DelegationError`].
    pub fn check(&self, held: &[String]) -> Result<(), DelegationError> {
        let named = (1..=MAX_NAME).contains(&self.to.as_str().trim().len());
        if !named || self.to.is(&self.from) {
            return Err(DelegationError::Nobody);
        }
        if self.roles.is_empty() || self.roles.len() > MAX_ROLES {
            return Err(DelegationError::NoRole);
        }
        if let Some(role) = self.roles.iter().find(|r| !held.contains(r)) {
            return Err(DelegationError::NotHeld(role.clone()));
        }
        let longest = SignedDuration::from_hours(24 * MAX_DELEGATION_DAYS);
        let latest = self.created_at.checked_add(longest).unwrap_or(Timestamp::MAX);
        if self.until <= self.created_at || self.until > latest {
            return Err(DelegationError::Until);
        }
        if self.reason.trim().is_empty() || self.reason.chars().count() > 500 {
            return Err(DelegationError::Reason);
        }
        Ok(())
    }

    /// Whether it applies to `environment` at `now`.
    #[must_use]
    pub fn holds(&self, environment: &str, now: Timestamp) -> bool {
        let here =
            self.environments.is_empty() || self.environments.iter().any(|e| e == environment);
        here && self.revoked_at.is_none() && self.created_at <= now && now < self.until
    }
}

impl Grant {
    /// What `by` has delegated to `to` for `environment` at `now`, according to the `known` delegations;
    /// `None` if nothing.
    #[must_use]
    pub fn of<'a>(
        known: impl IntoIterator<Item = &'a Delegation>,
        by: &PrincipalId,
        to: &PrincipalId,
        environment: &str,
        now: Timestamp,
    ) -> Option<Self> {
        let good = |d: &&Delegation| d.from.is(by) && d.to.is(to) && d.holds(environment, now);
        let mut grant = Self { by: by.to_owned(), roles: Vec::new(), delegations: Vec::new() };
        for delegation in known.into_iter().filter(good) {
            grant.roles.extend(delegation.roles.iter().cloned());
            grant.delegations.push(delegation.id.clone());
        }
        grant.roles.sort();
        grant.roles.dedup();
        (!grant.roles.is_empty()).then_some(grant)
    }
}
