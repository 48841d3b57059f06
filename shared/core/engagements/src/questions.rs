//! Questions of agents. While one is open, the deadline of the work waits.

use headgate_events::latest::{InterruptAnswered, InterruptRaised, InterruptReminded};
use jiff::Timestamp;

use crate::course::{Course, later};
use crate::note::Note;
use crate::question::Question;
use crate::refused::Refused;

/// Most questions that wait at the same time.
pub const MAX_OPEN: usize = 10;
/// Seconds until the first reminder: half an hour.
const REMIND_SECONDS: u32 = 1_800;
/// Seconds between later ones: a day. A question is never closed by itself.
const AGAIN_SECONDS: u32 = 86_400;

impl Course {
    /// An agent asks a question.
    pub(crate) fn ask(
        &mut self,
        attempt: u32,
        (id, question, options): (&str, &str, &[String]),
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        self.working_on(attempt)?;
        if let Some(known) = self.questions.iter().find(|q| q.id == id) {
            let same = known.question == question && known.options == options;
            return if same { Ok(Vec::new()) } else { Err(Refused::OtherQuestion(id.to_owned())) };
        }
        if self.questions.len() >= MAX_OPEN {
            return Err(Refused::TooManyQuestions(MAX_OPEN));
        }
        self.questions.push(Question {
            id: id.to_owned(),
            question: question.to_owned(),
            options: options.to_vec(),
            raised_at: now,
            remind_at: later(now, REMIND_SECONDS),
            reminders: 0,
        });
        self.paused_at.get_or_insert(now);
        let raised = InterruptRaised {
            interrupt_id: id.to_owned(),
            phase: self.phase_id().to_owned(),
            attempt,
            question: question.to_owned(),
            options: options.to_vec(),
        };
        Ok(vec![raised.into()])
    }

    /// A person answers. When no question is open any more, the work has as much time left as before.
    pub(crate) fn answer(
        &mut self,
        id: &str,
        answer: &str,
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        let Some(at) = self.questions.iter().position(|q| q.id == id) else {
            return Err(Refused::NoQuestion(id.to_owned()));
        };
        self.questions.remove(at);
        if self.questions.is_empty()
            && let Some(paused) = self.paused_at.take()
        {
            let waited = now.duration_since(paused);
            self.deadline = self.deadline.checked_add(waited).unwrap_or(Timestamp::MAX);
        }
        let answered = InterruptAnswered {
            interrupt_id: id.to_owned(),
            phase: self.phase_id().to_owned(),
            attempt: self.attempt,
            answer: answer.to_owned(),
        };
        Ok(vec![answered.into()])
    }

    pub(crate) fn remind_of_questions(&mut self, now: Timestamp) -> Vec<Note> {
        let (phase, attempt) = (self.phase_id().to_owned(), self.attempt);
        let due = self.questions.iter_mut().filter(|q| now >= q.remind_at);
        due.map(|question| {
            question.reminders += 1;
            question.remind_at = later(now, AGAIN_SECONDS);
            InterruptReminded {
                interrupt_id: question.id.clone(),
                phase: phase.clone(),
                attempt,
                number: question.reminders,
                raised_at: question.raised_at,
            }
            .into()
        })
        .collect()
    }
}
