//! Roles that people have lost, which ends what they delegated.

use std::collections::BTreeMap;

use headgate_events::PrincipalId;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Delegation;

/// Longest life of a token, in hours. A token from before the loss still has the role, and could make delegations for so long.
const MAX_TOKEN_HOURS: i64 = 24;

/// Roles that a person has lost. Only the identity provider knows, so an operator or a hook of the provider says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LostRoles {
    /// The person.
    pub person: PrincipalId,
    /// When each role was lost last.
    pub roles: BTreeMap<String, Timestamp>,
    /// Who said so last.
    #[serde(default)]
    pub by: PrincipalId,
    /// The reason that they gave, on one line.
    #[serde(default)]
    pub reason: String,
}

impl headgate_events::Versioned for LostRoles {}

impl LostRoles {
    /// Nothing is lost yet.
    #[must_use]
    pub fn none(person: &PrincipalId) -> Self {
        Self {
            person: person.clone(),
            roles: BTreeMap::new(),
            by: PrincipalId::default(),
            reason: String::new(),
        }
    }

    /// Records that roles are lost.
    pub fn lose(&mut self, roles: &[String], now: Timestamp) {
        self.roles.extend(roles.iter().map(|role| (role.clone(), now)));
    }

    /// Whether the person has lost one of these roles since.
    #[must_use]
    pub fn since(&self, roles: &[String], since: Timestamp) -> bool {
        roles.iter().any(|role| self.roles.get(role).is_some_and(|lost| *lost >= since))
    }

    /// Whether a token of the person may still have a role that was lost: it is older than the loss.
    #[must_use]
    pub fn is_stale(&self, role: &str, now: Timestamp) -> bool {
        let day = SignedDuration::from_hours(MAX_TOKEN_HOURS);
        self.roles.get(role).is_some_and(|lost| now < *lost + day)
    }

    /// The role because of which a delegation has ended, or cannot be made yet. If the person gets the role again, they delegate it
    /// again, a day after they lost it.
    #[must_use]
    pub fn ends<'a>(&self, delegation: &'a Delegation) -> Option<&'a str> {
        let stale = |role: &&String| self.is_stale(role, delegation.created_at);
        delegation.roles.iter().find(stale).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_role_ends_what_was_delegated_before_and_shortly_after() {
        let day = SignedDuration::from_hours(24);
        let now = Timestamp::UNIX_EPOCH + day * 100;
        let delegation = |created_at, roles: &[&str]| Delegation {
            id: "d".to_owned(),
            from: "erin".into(),
            to: "vic".into(),
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            environments: Vec::new(),
            reason: "on leave".to_owned(),
            created_at,
            until: now + day * 7,
            revoked_at: None,
        };
        let mut lost = LostRoles::none(&"erin".into());
        assert_eq!(lost.ends(&delegation(now, &["approver"])), None);
        lost.lose(&["approver".to_owned()], now);
        let second = SignedDuration::from_secs(1);
        for (created_at, roles, ended) in [
            (now - day * 7, &["approver"][..], true),
            (now - day * 7, &["security", "approver"], true),
            (now - day * 7, &["security"], false),
            (now, &["approver"], true),
            (now + day - second, &["approver"], true),
            (now + day, &["approver"], false),
        ] {
            let delegation = delegation(created_at, roles);
            let found = lost.ends(&delegation);
            assert_eq!(found, ended.then_some("approver"), "{created_at} {roles:?}");
        }
        // Lost again, later.
        lost.lose(&["approver".to_owned()], now + day * 2);
        assert!(lost.ends(&delegation(now + day, &["approver"])).is_some());
    }
}
