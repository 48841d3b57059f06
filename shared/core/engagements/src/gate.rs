//! The review of a result, and the decision on it.

use headgate_domain::approval::Approval;
use headgate_events::latest::{
    FailureCause, PhaseDecided, PhaseOutcome, PhaseReminded, PhaseRequested, StartCause,
};
use headgate_events::{Outcome, Verdict};
use jiff::Timestamp;

use crate::course::{Course, later};
use crate::note::Note;
use crate::review::PhaseReview;
use crate::state::Status;

/// Seconds between two reminders of a decision.
const REMIND_SECONDS: u32 = 4 * 3_600;
/// Most lines of feedback that an attempt gets, and the longest line in bytes.
const MAX_FEEDBACK: usize = 20;
const MAX_LINE: usize = 500;

impl Course {
    /// What follows from the review of the current attempt. Returns the request for a decision, if people decide.
    pub(crate) fn reviewed(
        &mut self,
        review: &PhaseReview,
        now: Timestamp,
    ) -> (Vec<Note>, Option<Approval>) {
        let ours = review.attempt == self.attempt && review.phase == self.phase_id();
        if self.status != Status::Reviewing || !ours {
            return (Vec::new(), None);
        }
        let says = || review.findings.iter().map(|f| format!("{}: {}", f.rule, f.message));
        match review.verdict {
            Verdict::Block => {
                let reason = format!(
                    "the review forbids to go on: {}",
                    says().collect::<Vec<_>>().join("; ")
                );
                (self.fail(FailureCause::Blocked, &short(&reason), now), None)
            }
            Verdict::Revise => (self.send_back(says().collect(), now), None),
            Verdict::Pass => self.request(review, now),
        }
    }

    /// Asks people, or accepts the result if the phase has no gate.
    fn request(&mut self, review: &PhaseReview, now: Timestamp) -> (Vec<Note>, Option<Approval>) {
        let Some(phase) = self.phase().cloned() else { return (Vec::new(), None) };
        let Some(gate) = phase.gate else {
            return (self.complete(PhaseOutcome::Accepted, now), None);
        };
        let approval = Approval::open(
            &self.subject(),
            self.attempt,
            &review.content_hash,
            gate,
            self.workers.clone(),
            now,
        );
        self.wait(Status::Deciding, approval.expires_at, now);
        self.remind_at = Some(later(now, REMIND_SECONDS));
        let requested = PhaseRequested {
            phase: phase.id,
            attempt: self.attempt,
            title: phase.title,
            content_hash: approval.content_hash.clone(),
            gate: approval.gate.clone(),
            expires_at: approval.expires_at,
        };
        (vec![requested.into()], Some(approval))
    }

    /// What follows from the votes: a decision, its expiry, or a reminder. The approval is expired already, if it was due.
    pub(crate) fn decided(&mut self, approval: &Approval, now: Timestamp) -> Vec<Note> {
        let ours = approval.revision == self.attempt && approval.change_id == self.subject();
        if self.status != Status::Deciding || !ours {
            return Vec::new();
        }
        let Some(outcome) = approval.outcome else { return self.remind(approval, now) };
        match outcome {
            Outcome::Approved => self.complete(PhaseOutcome::Approved, now),
            Outcome::Revise => self.send_back(comments(approval), now),
            Outcome::Rejected => {
                let said = comments(approval).join("; ");
                self.fail(FailureCause::Rejected, &short(&format!("rejected by {said}")), now)
            }
            Outcome::Expired => {
                let decided = PhaseDecided {
                    phase: self.phase_id().to_owned(),
                    attempt: self.attempt,
                    outcome,
                    votes: approval.votes.clone(),
                    content_hash: approval.content_hash.clone(),
                };
                let mut notes = vec![decided.into()];
                notes.extend(self.fail(FailureCause::Expired, "nobody decided in time", now));
                notes
            }
        }
    }

    fn remind(&mut self, approval: &Approval, now: Timestamp) -> Vec<Note> {
        if self.remind_at.is_none_or(|at| now < at) {
            return Vec::new();
        }
        self.reminders += 1;
        self.remind_at = Some(later(now, REMIND_SECONDS));
        let reminded = PhaseReminded {
            phase: self.phase_id().to_owned(),
            attempt: self.attempt,
            number: self.reminders,
            missing: approval.missing(),
            missing_roles: approval.missing_roles(),
            expires_at: approval.expires_at,
        };
        vec![reminded.into()]
    }

    /// The phase begins again with what was asked for, unless that happened too often.
    fn send_back(&mut self, feedback: Vec<String>, now: Timestamp) -> Vec<Note> {
        let most = self.phase().map_or(0, |phase| phase.limits.sent_back);
        self.feedback = feedback.iter().take(MAX_FEEDBACK).map(|line| short(line)).collect();
        if self.sent_back >= most {
            let reason = format!("the result was sent back {most} times");
            return self.fail(FailureCause::SentBack, &reason, now);
        }
        self.sent_back += 1;
        (self.failures, self.timeouts) = (0, 0);
        vec![self.work(StartCause::SentBack, now)]
    }
}

/// What voters said, with their names.
fn comments(approval: &Approval) -> Vec<String> {
    let line = |vote: &headgate_events::Vote| format!("{}: {}", vote.principal, vote.comment);
    approval.votes.iter().map(line).collect()
}

fn short(line: &str) -> String {
    headgate_domain::text::one_line(line, MAX_LINE)
}
