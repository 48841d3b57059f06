//! In which roles somebody votes.

use headgate_events::Escalation;
use jiff::{SignedDuration, Timestamp};

use super::{Approval, Ballot, VoteError};

impl Approval {
    /// The roles of the gate that the voter can act in now; none is an error.
    pub(super) fn authority(
        &self,
        ballot: &Ballot,
        now: Timestamp,
    ) -> Result<Vec<String>, VoteError> {
        let by = ballot.grant.as_ref().map(|g| &g.by);
        for person in [Some(&ballot.principal), by].into_iter().flatten() {
            if self.barred.contains(person) {
                return Err(VoteError::Barred(person.clone()));
            }
        }
        // Who votes in somebody's stead votes in that person's roles, and only in what was delegated.
        let held = ballot.grant.as_ref().map_or(&ballot.roles, |g| &g.roles);
        let mut roles: Vec<_> = self.asked().filter(|r| held.contains(r)).cloned().collect();
        for escalation in self.escalated(now).filter(|e| held.contains(&e.role)) {
            roles.push(escalation.role.clone());
            roles.extend(escalation.stands_in_for.clone());
        }
        roles.sort();
        roles.dedup();
        if roles.is_empty() { Err(VoteError::RoleMissing(self.voters(now))) } else { Ok(roles) }
    }

    /// Escalations whose time has come.
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
        let mut roles: Vec<_> = self.asked().map(String::as_str).collect();
        roles.extend(self.escalated(now).map(|e| e.role.as_str()));
        roles.sort_unstable();
        roles.dedup();
        roles.join(", ")
    }

    fn asked(&self) -> impl Iterator<Item = &String> {
        self.gate.roles.iter().chain(self.gate.seats.iter().map(|s| &s.role))
    }
}
