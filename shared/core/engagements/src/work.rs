//! The work of a phase: reports, failures, and what follows from them.

use headgate_events::latest::{
    EngagementCancelled, EngagementCompleted, EngagementFailed, EngagementResumed, FailureCause,
    PhaseBreached, PhaseCompleted, PhaseEnd, PhaseFailed, PhaseOutcome, PhaseSkipped,
    PhaseSubmitted, StartCause,
};
use headgate_events::{Actor, PhaseLimit, PrincipalId};
use jiff::Timestamp;

use crate::at::At;
use crate::course::{Breached, Course, later, seconds};
use crate::note::Note;
use crate::refused::Refused;
use crate::state::{Status, Stopped};
use crate::submission::{Report, Submission};
use crate::usage::{Spent, Usage};

/// Longest wait for the review by machine, in seconds.
const REVIEW_SECONDS: u32 = 3_600;
/// Longest wait for a person after a failure, in seconds: 30 days.
const FAILED_SECONDS: u32 = 30 * 86_400;
/// Most people and agents that are remembered as workers of a phase.
const MAX_WORKERS: usize = 100;

impl Course {
    /// Takes the result of an attempt. `workers` may not decide on it.
    pub(crate) fn report(
        &mut self,
        at: At<'_>,
        report: &Report,
        (by, workers): (&Actor, &[PrincipalId]),
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        if let (Report::Done(new), Some(known)) = (report, &self.submission)
            && self.is_at(at).is_ok()
        {
            return if new == known { Ok(Vec::new()) } else { Err(Refused::Reported(at.attempt)) };
        }
        self.working_on(at)?;
        report.check()?;
        // Otherwise a question would stop the clock for as long as its agent likes.
        let open = self.questions.iter().find(|question| question.is_open());
        if let (Report::Done(_), Some(open)) = (report, open) {
            return Err(Refused::Open(open.id.clone()));
        }
        self.remember(workers);
        match report {
            Report::Failed { reason } => Ok(self.fail(FailureCause::Reported, reason, now)),
            Report::Done(submission) => {
                self.submitted_by = Some(by.clone());
                Ok(vec![self.submit(submission.clone(), now)])
            }
        }
    }

    /// Hands a result to the review.
    fn submit(&mut self, submission: Submission, now: Timestamp) -> Note {
        self.pause_work(now);
        self.wait(Status::Reviewing, later(now, REVIEW_SECONDS), now);
        let Submission { summary, deliverables, criteria } = submission.clone();
        self.submission = Some(submission);
        let (phase, attempt) = (self.phase_id().to_owned(), self.attempt);
        PhaseSubmitted { phase, attempt, summary, deliverables, criteria }.into()
    }

    /// Takes a report of usage.
    pub(crate) fn used(
        &mut self,
        at: At<'_>,
        report: &Usage,
        workers: &[PrincipalId],
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        self.working_on(at)?;
        let Some(phase) = self.phase().cloned() else { return Ok(Vec::new()) };
        self.usage.merge(report, &phase)?;
        self.remember(workers);
        let breaches = self.usage.breaches(&phase, at.attempt);
        let mut notes = Vec::new();
        for breach in breaches {
            notes.extend(self.breach(breach, now));
        }
        Ok(notes)
    }

    /// Records a limit that is exceeded, once. If it stops the attempt, nothing else follows from it.
    fn breach(&mut self, breach: PhaseBreached, now: Timestamp) -> Vec<Note> {
        let PhaseBreached { limit, agent, warning, stops, .. } = breach.clone();
        let mark = Breached { limit, agent, warning };
        if self.breached.contains(&mark)
            || self.status != Status::Working
            || breach.attempt != self.attempt
        {
            return Vec::new();
        }
        self.breached.push(mark);
        let reason = format!(
            "the limit {} is exceeded: {} of {}",
            name(limit),
            breach.found,
            breach.allowed
        );
        let mut notes = vec![breach.into()];
        if stops {
            notes.extend(self.fail(FailureCause::Limit, &reason, now));
        }
        notes
    }

    /// What follows while agents work and nobody reports anything.
    pub(crate) fn time_passes(&mut self, now: Timestamp) -> Vec<Note> {
        let mut notes = self.remind_of_questions(now);
        if self.overlong_at().is_some_and(|at| now >= at && !self.is_overlong()) {
            let allowed = self.phase().map_or(0, |p| u64::from(p.limits.duration_seconds));
            let breach = PhaseBreached {
                phase: self.phase_id().to_owned(),
                attempt: self.attempt,
                limit: PhaseLimit::DurationSeconds,
                agent: None,
                found: self.worked(now),
                allowed,
                warning: false,
                stops: false,
            };
            self.breached.push(Breached { limit: breach.limit, agent: None, warning: false });
            notes.push(breach.into());
        }
        if self.paused_at.is_none() && now >= self.deadline {
            let reason = format!("nobody reported a result within {} s", self.attempt_seconds());
            notes.extend(self.fail(FailureCause::TimedOut, &reason, now));
        }
        notes
    }

    /// The attempt fails: the first time it is repeated, the second time a person has to look at it.
    pub(crate) fn fail(&mut self, cause: FailureCause, reason: &str, now: Timestamp) -> Vec<Note> {
        self.pause_work(now);
        let retried = match cause {
            FailureCause::Reported | FailureCause::Limit => {
                self.failures += 1;
                self.failures == 1
            }
            FailureCause::TimedOut => {
                self.timeouts += 1;
                self.timeouts == 1
            }
            _ => false,
        };
        let failed = PhaseFailed {
            phase: self.phase_id().to_owned(),
            attempt: self.attempt,
            cause,
            reason: reason.to_owned(),
            retried,
        };
        let mut notes = vec![failed.into()];
        if retried {
            let cause = match cause {
                FailureCause::TimedOut => StartCause::TimedOut,
                _ => StartCause::Failed,
            };
            notes.push(self.work(cause, now));
            return notes;
        }
        self.wait(Status::Failed, later(now, FAILED_SECONDS), now);
        self.stopped = Some(Stopped { cause: Some(cause), reason: reason.to_owned() });
        let (phase, attempt) = (self.phase_id().to_owned(), self.attempt);
        let id = &self.engagement_id;
        let reason = format!(
            "{reason}; go on with `headgate engagement resume {id}`, or `skip` or `cancel`"
        );
        notes.push(EngagementFailed { phase, attempt, reason }.into());
        notes
    }

    /// The current phase is done. The next one begins, if there is one.
    pub(crate) fn complete(&mut self, outcome: PhaseOutcome, now: Timestamp) -> Vec<Note> {
        self.spent.add(&std::mem::take(&mut self.usage));
        let Spent { tokens, turns, handoffs, largest_context } = std::mem::take(&mut self.spent);
        let end = PhaseEnd {
            phase: self.phase_id().to_owned(),
            attempts: self.attempt,
            outcome,
            seconds: seconds(self.phase_began_at, now),
            tokens,
            turns,
            handoffs,
            largest_context,
        };
        self.ended.push(end.clone());
        let mut notes = vec![PhaseCompleted { end }.into()];
        self.stopped = None;
        if self.current + 1 >= self.phases.len() {
            self.wait(Status::Completed, now, now);
            let (phases, seconds) = (self.ended.clone(), seconds(self.began_at, now));
            notes.push(EngagementCompleted { phases, seconds }.into());
            return notes;
        }
        self.current += 1;
        self.attempt = 0;
        self.phase_began_at = now;
        self.worked_seconds = 0;
        self.breached.clear();
        self.forgive();
        self.feedback.clear();
        self.workers.clear();
        notes.push(self.work(StartCause::First, now));
        notes
    }

    /// A person lets a failed engagement go on. What was made already is reviewed again instead of being made again, if that is all that is missing.
    pub(crate) fn resume(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Note>, Refused> {
        if self.status != Status::Failed {
            return Err(self.needs("`failed`"));
        }
        let again = match self.stopped.take().and_then(|stopped| stopped.cause) {
            // What the review cannot read a second time is made again.
            Some(FailureCause::NotReviewed) if self.handed_in_again => None,
            Some(FailureCause::NotReviewed | FailureCause::Expired) => self.submission.take(),
            _ => None,
        };
        self.forgive();
        let resumed = EngagementResumed {
            phase: self.phase_id().to_owned(),
            attempt: self.attempt + 1,
            reason: reason.to_owned(),
        };
        let next = match again {
            // The agents have nothing to do.
            Some(submission) => {
                self.next_attempt(now);
                self.handed_in_again = true;
                self.submit(submission, now)
            }
            None => self.work(StartCause::Resumed, now),
        };
        Ok(vec![resumed.into(), next])
    }

    /// Checks that a command is about where the engagement is: a late copy of it must not act on the next attempt or phase.
    pub(crate) fn is_at(&self, at: At<'_>) -> Result<(), Refused> {
        if self.at() == at {
            return Ok(());
        }
        Err(Refused::OtherAttempt { current: self.at().to_string(), about: at.to_string() })
    }

    /// Keeps the time that was worked, before something else than work begins.
    fn pause_work(&mut self, now: Timestamp) {
        self.worked_seconds = self.worked(now);
        self.questions.clear();
    }

    /// A person ends the current phase without a result.
    pub(crate) fn skip(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Note>, Refused> {
        if self.status.is_final() {
            return Err(self.needs("an engagement that has not ended"));
        }
        let (phase, attempt) = (self.phase_id().to_owned(), self.attempt);
        let mut notes = vec![PhaseSkipped { phase, attempt, reason: reason.to_owned() }.into()];
        notes.extend(self.complete(PhaseOutcome::Skipped, now));
        Ok(notes)
    }

    /// Ends the engagement.
    pub(crate) fn cancel(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Note>, Refused> {
        if self.status == Status::Cancelled {
            return Ok(Vec::new());
        }
        if self.status.is_final() {
            return Err(self.needs("an engagement that has not ended"));
        }
        let cancelled =
            EngagementCancelled { phase: self.phase_id().to_owned(), reason: reason.to_owned() };
        self.pause_work(now);
        self.stopped = Some(Stopped { cause: None, reason: reason.to_owned() });
        self.wait(Status::Cancelled, now, now);
        Ok(vec![cancelled.into()])
    }

    /// Failures before do not count any more.
    fn forgive(&mut self) {
        (self.failures, self.timeouts, self.sent_back) = (0, 0, 0);
    }

    pub(crate) fn remember(&mut self, workers: &[PrincipalId]) {
        for worker in workers {
            let known = self.workers.iter().any(|known| known.is(worker));
            if !known && self.workers.len() < MAX_WORKERS {
                self.workers.push(worker.clone());
            }
        }
    }

    /// Checks that a command is about the work that is being done.
    pub(crate) fn working_on(&self, at: At<'_>) -> Result<(), Refused> {
        self.is_at(at)?;
        if self.status != Status::Working { Err(self.needs("`working`")) } else { Ok(()) }
    }

    pub(crate) fn needs(&self, wanted: &'static str) -> Refused {
        Refused::Status { status: self.status, wanted }
    }
}

/// The name of a limit, for people.
fn name(limit: PhaseLimit) -> &'static str {
    match limit {
        PhaseLimit::Handoffs => "of handoffs",
        PhaseLimit::Iterations => "of turns",
        PhaseLimit::TurnSeconds => "of seconds in a turn",
        PhaseLimit::DistinctAgents => "of repeated handoffs",
        PhaseLimit::Tokens => "of tokens",
        PhaseLimit::DurationSeconds => "of seconds in the phase",
    }
}
