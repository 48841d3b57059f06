//! The roles in which somebody may vote.

use headgate_events::{Escalation, PrincipalId};
use jiff::{SignedDuration, Timestamp};

use super::ballot::Ballot;
use super::{Approval, VoteError};

/// In [`Capacity::standing_in`]: a place in the quorum that is not a seat.
pub(super) const ANY: &str = "*";

/// The roles in which a voter may act.
pub(super) struct Capacity {
    /// Roles of the gate that they hold.
    pub(super) roles: Vec<String>,
    /// Roles whose seats an escalation lets them take, or [`ANY`].
    pub(super) standing_in: Vec<String>,
}

impl Approval {
    /// The roles in which the voter may act now. Returns an error if there are none.
    pub(super) fn authority(&self, ballot: &Ballot, now: Timestamp) -> Result<Capacity, VoteError> {
        let by = ballot.grant.as_ref().map(|g| &g.by);
        for person in [Some(&ballot.principal), by].into_iter().flatten() {
            if self.barred.iter().any(|barred| barred.is(person)) {
                return Err(VoteError::Barred(person.clone()));
            }
        }
        // A delegate votes only in the roles that were delegated.
        let held = ballot.grant.as_ref().map_or(&ballot.roles, |g| &g.roles);
        let roles = self.asked().filter(|r| held.contains(r)).cloned();
        let escalated = self.escalated(now).filter(|e| held.contains(&e.role));
        let seats = escalated.map(|e| e.stands_in_for.clone().unwrap_or_else(|| ANY.to_owned()));
        let capacity = Capacity { roles: sorted(roles), standing_in: sorted(seats) };
        if capacity.roles.is_empty() && capacity.standing_in.is_empty() {
            return Err(VoteError::RoleMissing(self.voters(now)));
        }
        Ok(capacity)
    }

    /// Escalations in effect at `now`.
    pub fn escalated(&self, now: Timestamp) -> impl Iterator<Item = &Escalation> {
        let due = move |e: &&Escalation| {
            let wait = SignedDuration::from_secs(i64::from(e.after_seconds));
            self.requested_at.checked_add(wait).is_ok_and(|at| now >= at)
        };
        self.gate.escalations.iter().filter(due)
    }

    /// Roles whose holders may vote at `now`, for messages.
    #[must_use]
    pub fn voters(&self, now: Timestamp) -> String {
        let escalated = self.escalated(now).map(|e| e.role.clone());
        sorted(self.asked().cloned().chain(escalated)).join(", ")
    }

    /// Whether somebody may know of the request: they hold one of the roles that may vote at `now`, have voted, or had a part in what it is about.
    #[must_use]
    pub fn concerns(&self, principal: &PrincipalId, roles: &[String], now: Timestamp) -> bool {
        self.asked().any(|role| roles.contains(role))
            || self.escalated(now).any(|escalation| roles.contains(&escalation.role))
            || self.votes.iter().any(|vote| vote.principal.is(principal))
            || self.barred.iter().any(|barred| barred.is(principal))
    }

    fn asked(&self) -> impl Iterator<Item = &String> {
        let seats = self.gate.seats.iter().chain(&self.gate.demanded);
        self.gate.roles.iter().chain(seats.map(|s| &s.role))
    }
}

fn sorted(roles: impl Iterator<Item = String>) -> Vec<String> {
    let mut roles: Vec<_> = roles.collect();
    roles.sort();
    roles.dedup();
    roles
}
