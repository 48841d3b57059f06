//! What changes an engagement.

use headgate_domain::approval::Approval;
use headgate_events::latest::FailureCause;
use headgate_events::{Actor, PrincipalId};
use jiff::Timestamp;

use crate::at::At;
use crate::course::Course;
use crate::note::Note;
use crate::refused::Refused;
use crate::review::PhaseReview;
use crate::state::Status;
use crate::submission::Report;
use crate::usage::Usage;

/// Something that somebody does, or that time does. Who may do it is for the caller to check.
#[derive(Debug, Clone, Copy)]
pub enum Command<'a> {
    /// The result of an attempt.
    Report {
        /// The attempt.
        at: At<'a>,
        /// Its result.
        report: &'a Report,
        /// Who reports it: deliverables are their uploads.
        by: &'a Actor,
        /// Everybody who had a part in it.
        workers: &'a [PrincipalId],
    },
    /// The work of an attempt so far.
    Use {
        /// The attempt.
        at: At<'a>,
        /// Totals since it began.
        usage: &'a Usage,
        /// Everybody who had a part in it.
        workers: &'a [PrincipalId],
    },
    /// An agent asks.
    Ask {
        /// The attempt.
        at: At<'a>,
        /// Id of the question.
        id: &'a str,
        /// Its text.
        question: &'a str,
        /// Answers to choose from.
        options: &'a [String],
        /// Everybody who has a part in the work.
        workers: &'a [PrincipalId],
    },
    /// A person answers.
    Answer {
        /// The attempt in which it was asked.
        at: At<'a>,
        /// Id of the question.
        id: &'a str,
        /// The answer.
        answer: &'a str,
    },
    /// A person lets a failed engagement go on.
    Resume {
        /// What failed.
        at: At<'a>,
        /// Why.
        reason: &'a str,
    },
    /// A person ends the phase without a result.
    Skip {
        /// The phase, and its current attempt.
        at: At<'a>,
        /// Why.
        reason: &'a str,
    },
    /// A person ends the engagement.
    Cancel {
        /// Why.
        reason: &'a str,
    },
    /// Nobody does anything: look what the ledger and the clock say.
    Look {
        /// The review of the current attempt, if there is one.
        review: Option<&'a PhaseReview>,
        /// The request for a decision on the current attempt, if there is one.
        approval: Option<&'a Approval>,
    },
}

/// What a command did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What has happened, in order; nothing if the command changed nothing.
    pub notes: Vec<Note>,
    /// The request for a decision that is opened, or that expires. It is stored together with the course.
    pub approval: Option<Approval>,
}

impl From<Vec<Note>> for Applied {
    fn from(notes: Vec<Note>) -> Self {
        Self { notes, approval: None }
    }
}

impl Course {
    /// Does what a command asks for. A copy of a command changes nothing, however late it comes: it is refused, or nothing follows from it.
    ///
    /// # Errors
    /// [`Refused`]; then the course may not be used any more.
    pub fn apply(&mut self, command: Command<'_>, now: Timestamp) -> Result<Applied, Refused> {
        let notes = match command {
            Command::Report { at, report, by, workers } => {
                self.report(at, report, (by, workers), now)?
            }
            Command::Use { at, usage, workers } => self.used(at, usage, workers, now)?,
            Command::Ask { at, id, question, options, workers } => {
                let notes = self.ask(at, (id, question, options), now)?;
                self.remember(workers);
                notes
            }
            Command::Answer { at, id, answer } => self.answer(at, id, answer, now)?,
            Command::Resume { at, reason } => {
                self.is_at(at)?;
                self.resume(reason, now)?
            }
            Command::Skip { at, reason } => {
                self.is_at(at)?;
                self.skip(reason, now)?
            }
            Command::Cancel { reason } => self.cancel(reason, now)?,
            Command::Look { review, approval } => return Ok(self.look(review, approval, now)),
        };
        Ok(notes.into())
    }

    fn look(
        &mut self,
        review: Option<&PhaseReview>,
        approval: Option<&Approval>,
        now: Timestamp,
    ) -> Applied {
        match self.status {
            Status::Working => self.time_passes(now).into(),
            Status::Reviewing => match review {
                Some(review) => {
                    let (notes, approval) = self.reviewed(review, now);
                    Applied { notes, approval }
                }
                None if now >= self.deadline => {
                    let reason = "no review came within an hour; look into the quarantine";
                    self.fail(FailureCause::NotReviewed, reason, now).into()
                }
                None => Applied::default(),
            },
            Status::Deciding => match approval {
                Some(approval) => {
                    let mut approval = approval.clone();
                    let expired = approval.expire(now);
                    let notes = self.decided(&approval, now);
                    Applied { notes, approval: Some(approval).filter(|_| expired) }
                }
                None if now >= self.deadline => {
                    let reason = "the request for a decision is gone";
                    self.fail(FailureCause::Expired, reason, now).into()
                }
                None => Applied::default(),
            },
            Status::Failed if now >= self.deadline => {
                let cancelled = self.cancel("nobody went on with it for 30 days", now);
                cancelled.unwrap_or_default().into()
            }
            Status::Failed | Status::Completed | Status::Cancelled => Applied::default(),
        }
    }
}
