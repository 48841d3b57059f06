//! Carries votes over to a revision that differs from the one before in nothing that a voter decided on.

use headgate_events::latest::VoidedVote;
use headgate_events::{Outcome, Vote, VoteKind};
use jiff::{SignedDuration, Timestamp};

use super::Approval;

/// Lowest rating that does not ask for a change, of 1 to 5.
const CONTENT: u8 = 3;

/// What became of the votes for the revision before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Votes that count for the new revision, too.
    pub votes: Vec<Vote>,
    /// Votes that do not, and why.
    pub voided: Vec<VoidedVote>,
}

impl Approval {
    /// Carries over the votes for the revision before, and decides if they are enough. `differs` is what differs between the
    /// revisions; if anything does, no vote is carried over.
    ///
    /// What a vote says about the proposal beyond yes cannot be judged by a machine, so a vote with a comment or a low rating may
    /// have asked for the change, and is asked for again.
    pub fn carry_over(&mut self, before: &Self, differs: &[&str], now: Timestamp) -> Carried {
        let mut carried = Carried::default();
        for vote in &before.votes {
            match self.reason_to_void(before, differs, vote, now) {
                None => carried.votes.push(vote.clone()),
                Some(reason) => carried.voided.push(VoidedVote {
                    principal: vote.principal.clone(),
                    reason: reason.to_owned(),
                }),
            }
        }
        self.votes.extend(carried.votes.iter().cloned());
        if !carried.votes.is_empty() && self.missing() == 0 {
            self.decide(Outcome::Approved, now);
        }
        carried
    }

    fn reason_to_void(
        &self,
        before: &Self,
        differs: &[&str],
        vote: &Vote,
        now: Timestamp,
    ) -> Option<&'static str> {
        let asked = before.votes.iter().any(|vote| vote.vote != VoteKind::Approve);
        let ended = !matches!(before.outcome, None | Some(Outcome::Approved));
        let wait = SignedDuration::from_secs(i64::from(self.gate.expires_in_seconds));
        let low = |vote: &Vote| {
            let least =
                |r: &headgate_events::Ratings| r.quality.min(r.relevance).min(r.completeness);
            vote.ratings.as_ref().is_some_and(|ratings| least(ratings) < CONTENT)
        };
        if !differs.is_empty() || self.gate != before.gate {
            Some("the revisions differ in what the vote decided on")
        } else if asked || ended {
            Some("somebody asked for a change, or the request ended without an approval")
        } else if !self.votes.is_empty() || self.outcome.is_some() {
            Some("the new revision has votes of its own, or is decided")
        } else if !vote.comment.trim().is_empty() {
            Some("the vote has a comment, which may ask for the change")
        } else if low(vote) {
            Some("the vote has a low rating, which may ask for the change")
        } else if vote.on_behalf_of.is_some() || !vote.delegations.is_empty() {
            Some("the vote rests on a delegation, which may have ended")
        } else if !vote.standing_in.is_empty() {
            Some("the vote rests on an escalation, whose time begins again")
        } else if self.barred.iter().any(|barred| barred.is(&vote.principal)) {
            Some("the voter had a part in the new revision")
        } else if now.duration_since(vote.at) >= wait {
            Some("the vote is older than a request for approval may be")
        } else {
            None
        }
    }
}
