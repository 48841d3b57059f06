//! Somebody lets somebody else vote in their roles for a while.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Longest delegation, in days: the roles of whoever delegates are seen only once, when they do.
pub const MAX_DELEGATION_DAYS: i64 = 30;

/// Longest name of a person, in bytes.
const MAX_NAME: usize = 256;
/// Most roles of one delegation.
const MAX_ROLES: usize = 20;

/// That one person may vote in the roles of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its id.
    pub id: String,
    /// Whose roles they are; verified when it was made.
    pub from: String,
    /// Who may vote in them.
    pub to: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Environments that it is for; all, if none is named.
    #[serde(default)]
    pub environments: Vec<String>,
    /// Why.
    pub reason: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// When it was taken back, if it was.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
}

/// What a voter may act as in somebody's stead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Whose roles they are.
    pub by: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Ids of the delegations that say so.
    pub delegations: Vec<String>,
}

/// Why a delegation is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DelegationError {
    /// To oneself, or to nobody.
    #[error("delegate to somebody else (`to`)")]
    Nobody,
    /// Without a role.
    #[error("name the roles to delegate (`roles`), up to {MAX_ROLES}")]
    NoRole,
    /// What one has not, one cannot give; nor what one was given.
    #[error("you do not hold the role {0} yourself, so you cannot delegate it")]
    NotHeld(String),
    /// Without an end, or with one that is too far.
    #[error(
        "a delegation ends (`until`) after now, and within {MAX_DELEGATION_DAYS} days; make another one then"
    )]
    Until,
    /// Without a reason.
    #[error("say why (`reason`), in up to 500 characters")]
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
    /// Whether somebody who holds `held` may make this delegation.
    ///
    /// # Errors
    /// [`DelegationError`].
    pub fn check(&self, held: &[String]) -> Result<(), DelegationError> {
        let named = (1..=MAX_NAME).contains(&self.to.trim().len());
        if !named || self.to == self.from {
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

    /// Whether it holds for `environment` at `now`.
    #[must_use]
    pub fn holds(&self, environment: &str, now: Timestamp) -> bool {
        let here =
            self.environments.is_empty() || self.environments.iter().any(|e| e == environment);
        here && self.revoked_at.is_none() && self.created_at <= now && now < self.until
    }
}

impl Grant {
    /// What `by` has delegated to `to` for `environment` at `now`, of all that is known; or nothing.
    #[must_use]
    pub fn of<'a>(
        known: impl IntoIterator<Item = &'a Delegation>,
        by: &str,
        to: &str,
        environment: &str,
        now: Timestamp,
    ) -> Option<Self> {
        let good = |d: &&Delegation| d.from == by && d.to == to && d.holds(environment, now);
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
