//! Casting and withdrawing votes.

use headgate_events::{Outcome, PrincipalId, Ratings, Vote, VoteKind, Withdrawal};
use jiff::Timestamp;

use super::authority::Capacity;
use super::ballot::{Ballot, Counted};
use super::{Approval, VoteError};

/// Maximum length of a ballot name, in characters.
const MAX_BALLOT: usize = 64;
/// Maximum number of votes that one person may withdraw on a request, and maximum number of votes on a
/// request. All of them must fit into the decision event.
const MAX_WITHDRAWALS: usize = 3;
const MAX_VOTES: usize = 50;

impl Approval {
    /// Counts a vote, and decides if it was the last one missing. An error changes nothing.
    ///
    /// # Errors
    /// [`VoteError`].
    pub fn cast(&mut self, ballot: Ballot, now: Timestamp) -> Result<Counted, VoteError> {
        if ballot.content_hash != self.content_hash || ballot.revision != self.revision {
            return Err(VoteError::OtherContent {
                shown_revision: ballot.revision,
                shown: ballot.content_hash,
                revision: self.revision,
                current: self.content_hash.clone(),
            });
        }
        let id = self.name(&ballot)?;
        let copy = |v: &&Vote| v.principal.is(&ballot.principal) && v.ballot == id;
        if let Some(vote) = self.votes.iter().find(copy) {
            return match (vote.vote == ballot.vote, &ballot.id) {
                (true, Some(_)) => Ok(Counted::Already),
                _ => Err(VoteError::AlreadyVoted(ballot.principal)),
            };
        }
        let Capacity { roles, standing_in } = self.authority(&ballot, now)?;
        self.alone(&ballot)?;
        if let (VoteKind::Approve, Some(name)) = (ballot.vote, &self.gate.confirm)
            && ballot.confirm.as_ref() != Some(name)
        {
            return Err(VoteError::Unconfirmed(name.clone()));
        }
        in_range(ballot.ratings)?;
        self.is_open(now)?;
        if self.votes.len() >= MAX_VOTES && ballot.vote == VoteKind::Approve {
            return Err(VoteError::Full(self.missing_roles().join(", ")));
        }
        let Ballot { principal, grant, vote, ratings, comment, .. } = ballot;
        let (on_behalf_of, delegations) = grant.map(|g| (g.by, g.delegations)).unzip();
        self.votes.push(Vote {
            ballot: id,
            principal,
            on_behalf_of,
            delegations: delegations.unwrap_or_default(),
            roles,
            standing_in,
            vote,
            ratings,
            comment,
            at: now,
        });
        match vote {
            VoteKind::Reject => self.decide(Outcome::Rejected, now),
            VoteKind::Revise => self.decide(Outcome::Revise, now),
            VoteKind::Approve if self.missing() == 0 => self.decide(Outcome::Approved, now),
            VoteKind::Approve => {}
        }
        Ok(Counted::Now)
    }

    /// Withdraws a vote that the principal cast, or that a delegate cast for them. The ballot is then spent:
    /// a late copy of it does not count again.
    ///
    /// # Errors
    /// [`VoteError::NoBallot`], [`VoteError::Withdrawals`], and the errors of a closed gate.
    pub fn withdraw(
        &mut self,
        principal: &PrincipalId,
        ballot: &str,
        now: Timestamp,
    ) -> Result<Counted, VoteError> {
        let own = |v: &Vote| v.principal.is(principal) && v.ballot == ballot;
        let stead = |v: &Vote| {
            v.on_behalf_of.as_ref().is_some_and(|p| p.is(principal)) && v.ballot == ballot
        };
        if self.withdrawn.iter().any(|w| own(&w.vote)) {
            return Ok(Counted::Already);
        }
        let Some(found) = self.votes.iter().position(|v| own(v) || stead(v)) else {
            let before = self.withdrawn.iter().any(|w| stead(&w.vote));
            return if before {
                Ok(Counted::Already)
            } else {
                Err(VoteError::NoBallot(ballot.into()))
            };
        };
        self.is_open(now)?;
        let caster = &self.votes[found].principal;
        if self.withdrawn.iter().filter(|w| w.vote.principal.is(caster)).count() >= MAX_WITHDRAWALS
        {
            return Err(VoteError::Withdrawals(MAX_WITHDRAWALS));
        }
        let vote = self.votes.remove(found);
        self.withdrawn.push(Withdrawal { vote, at: now });
        Ok(Counted::Now)
    }

    /// The ballot's name. A voter who has withdrawn a vote must give one, or a late copy of the first ballot
    /// could be taken for the second.
    fn name(&self, ballot: &Ballot) -> Result<String, VoteError> {
        let taken_back = |id: Option<&str>| {
            let mut mine = self.withdrawn.iter().filter(|w| w.vote.principal.is(&ballot.principal));
            mine.any(|w| id.is_none_or(|id| w.vote.ballot == id))
        };
        match &ballot.id {
            Some(id) if id.is_empty() || id.chars().count() > MAX_BALLOT => {
                Err(VoteError::BallotName)
            }
            Some(id) if taken_back(Some(id)) => Err(VoteError::BallotSpent(id.clone())),
            Some(id) => Ok(id.clone()),
            None if taken_back(None) => Err(VoteError::BallotRequired),
            None => Ok(ballot.principal.to_string()),
        }
    }

    /// Each person has one vote, whether they cast it or a delegate casts it for them.
    fn alone(&self, ballot: &Ballot) -> Result<(), VoteError> {
        let persons = [Some(&ballot.principal), ballot.grant.as_ref().map(|g| &g.by)];
        for person in persons.into_iter().flatten() {
            let has = |v: &Vote| {
                v.principal.is(person) || v.on_behalf_of.as_ref().is_some_and(|p| p.is(person))
            };
            if self.votes.iter().any(has) {
                return Err(VoteError::AlreadyVoted(person.clone()));
            }
        }
        Ok(())
    }
}

fn in_range(ratings: Option<Ratings>) -> Result<(), VoteError> {
    let Some(Ratings { quality, relevance, completeness }) = ratings else { return Ok(()) };
    for (name, value) in
        [("quality", quality), ("relevance", relevance), ("completeness", completeness)]
    {
        if !(1..=5).contains(&value) {
            return Err(VoteError::Rating { name, value });
        }
    }
    Ok(())
}
