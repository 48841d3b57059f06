//! Questions of agents. While one is open, the deadline of the work waits.

use headgate_events::latest::{InterruptAnswered, InterruptRaised, InterruptReminded};
use jiff::Timestamp;

use crate::at::At;
use crate::course::{Course, later};
use crate::note::Note;
use crate::question::Question;
use crate::refused::Refused;

/// Most questions of one attempt.
pub const MAX_QUESTIONS: usize = 20;
/// Longest question, answer or option, in bytes, and most options.
const MAX_TEXT: usize = 2_000;
const MAX_OPTIONS: usize = 10;
/// Most bytes of all questions of an attempt as JSON: an item of the ledger has 400 KB, and each question gets an answer.
const MAX_ALL: usize = 64_000;
/// Seconds between reminders after the first one: a day. A question is never closed by itself.
const AGAIN_SECONDS: u32 = 86_400;

const TOO_LONG: Refused = Refused::TooLarge { what: "bytes in a text", most: MAX_TEXT };

/// Whether a text has no control characters, except for new lines and tabs.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'))
}

impl Course {
    /// An agent asks a question.
    pub(crate) fn ask(
        &mut self,
        at: At<'_>,
        (id, question, options): (&str, &str, &[String]),
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        self.working_on(at)?;
        if let Some(known) = self.questions.iter().find(|q| q.id == id) {
            let same = known.question == question && known.options == options;
            return if same { Ok(Vec::new()) } else { Err(Refused::OtherQuestion(id.to_owned())) };
        }
        if self.questions.len() >= MAX_QUESTIONS {
            return Err(Refused::TooLarge {
                what: "questions in one attempt",
                most: MAX_QUESTIONS,
            });
        }
        if options.len() > MAX_OPTIONS {
            return Err(Refused::TooLarge { what: "options", most: MAX_OPTIONS });
        }
        if [id, question]
            .into_iter()
            .chain(options.iter().map(String::as_str))
            .any(|t| t.len() > MAX_TEXT)
        {
            return Err(TOO_LONG);
        }
        let remind_seconds = self.phase().map_or(0, |phase| phase.limits.remind_seconds);
        let texts = [question].into_iter().chain(options.iter().map(String::as_str));
        if texts.into_iter().any(|text| !is_plain(text)) {
            return Err(Refused::Unprintable);
        }
        let size = |questions: &[Question]| {
            serde_json::to_vec(questions).map_or(MAX_ALL, |json| json.len())
        };
        let new = question.len() + options.iter().map(String::len).sum::<usize>();
        if size(&self.questions) + 2 * new > MAX_ALL {
            return Err(Refused::TooLarge { what: "bytes in all questions", most: MAX_ALL });
        }
        self.questions.push(Question {
            id: id.to_owned(),
            question: question.to_owned(),
            options: options.to_vec(),
            raised_at: now,
            remind_at: later(now, remind_seconds),
            reminders: 0,
            answer: None,
        });
        self.paused_at.get_or_insert(now);
        let raised = InterruptRaised {
            interrupt_id: id.to_owned(),
            phase: self.phase_id().to_owned(),
            attempt: at.attempt,
            question: question.to_owned(),
            options: options.to_vec(),
        };
        Ok(vec![raised.into()])
    }

    /// A person answers. When no question is open any more, the work has as much time left as before.
    pub(crate) fn answer(
        &mut self,
        at: At<'_>,
        id: &str,
        answer: &str,
        now: Timestamp,
    ) -> Result<Vec<Note>, Refused> {
        self.working_on(at)?;
        if answer.len() > MAX_TEXT {
            return Err(TOO_LONG);
        }
        if !is_plain(answer) {
            return Err(Refused::Unprintable);
        }
        let Some(question) = self.questions.iter_mut().find(|q| q.id == id) else {
            return Err(Refused::NoQuestion(id.to_owned()));
        };
        match &question.answer {
            None => question.answer = Some(answer.to_owned()),
            Some(known) if known == answer => return Ok(Vec::new()),
            Some(_) => return Err(Refused::Answered(id.to_owned())),
        }
        if !self.questions.iter().any(Question::is_open)
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
        let due = self.questions.iter_mut().filter(|q| q.is_open() && now >= q.remind_at);
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
