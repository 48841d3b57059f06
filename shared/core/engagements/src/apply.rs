//! What changes an engagement.

use headgate_domain::approval::Approval;
use headgate_events::PrincipalId;
use headgate_events::latest::FailureCause;
use jiff::Timestamp;

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
        attempt: u32,
        /// Its result.
        report: &'a Report,
        /// Everybody who had a part in it.
        workers: &'a [PrincipalId],
    },
    /// The work of an attempt so far.
    Use {
        /// The attempt.
        attempt: u32,
        /// Totals since it began.
        usage: &'a Usage,
        /// Everybody who had a part in it.
        workers: &'a [PrincipalId],
    },
    /// An agent asks.
    Ask {
        /// The attempt.
        attempt: u32,
        /// Id of the question.
        id: &'a str,
        /// Its text.
        question: &'a str,
        /// Answers to choose from.
        options: &'a [String],
    },
    /// A person answers.
    Answer {
        /// Id of the question.
        id: &'a str,
        /// The answer.
        answer: &'a str,
    },
    /// A person lets a failed engagement go on.
    Resume {
        /// Why.
        reason: &'a str,
    },
    /// A person ends the phase without a result.
    Skip {
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
        /// The request for a decision on the current attempt, if there is one; expired, if it is due.
        approval: Option<&'a Approval>,
    },
}

/// What a command did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What has happened, in order; nothing if the command changed nothing.
    pub notes: Vec<Note>,
    /// The request for a decision that is made together with it.
    pub request: Option<Approval>,
}

impl From<Vec<Note>> for Applied {
    fn from(notes: Vec<Note>) -> Self {
        Self { notes, request: None }
    }
}

impl Course {
    /// Does what a command asks for. The same command again changes nothing.
    ///
    /// # Errors
    /// [`Refused`]; then the course may not be used any more.
    pub fn apply(&mut self, command: Command<'_>, now: Timestamp) -> Result<Applied, Refused> {
        let notes = match command {
            Command::Report { attempt, report, workers } => {
                self.report(attempt, report, workers, now)?
            }
            Command::Use { attempt, usage, workers } => self.used(attempt, usage, workers, now)?,
            Command::Ask { attempt, id, question, options } => {
                self.ask(attempt, (id, question, options), now)?
            }
            Command::Answer { id, answer } => self.answer(id, answer, now)?,
            Command::Resume { reason } => self.resume(reason, now)?,
            Command::Skip { reason } => self.skip(reason, now)?,
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
                    let (notes, request) = self.reviewed(review, now);
                    Applied { notes, request }
                }
                None if now >= self.deadline => {
                    let reason = "no review came within an hour; look into the quarantine";
                    self.fail(FailureCause::NotReviewed, reason, now).into()
                }
                None => Applied::default(),
            },
            Status::Deciding => {
                approval.map(|approval| self.decided(approval, now)).unwrap_or_default().into()
            }
            Status::Failed if now >= self.deadline => {
                let cancelled = self.cancel("nobody went on with it for 30 days", now);
                cancelled.unwrap_or_default().into()
            }
            Status::Failed | Status::Completed | Status::Cancelled => Applied::default(),
        }
    }
}
