//! How engagements move: by what agents and people do, and by time.
#![allow(clippy::unwrap_used, clippy::panic)]

mod limits;
mod moves;
mod property;
mod table;

use std::collections::BTreeMap;

use headgate_domain::engagement::{Engagement, Scope};
use headgate_engagements::{
    Applied, At, Command, Course, Kinds, Note, PhaseReview, Refused, Report, Submission,
};
use headgate_events::{Actor, ActorKind, Finding, Outcome, Severity, Verdict, Vote, VoteKind};
use jiff::{SignedDuration, Timestamp};

/// An engagement, and what time it is.
struct Play {
    course: Course,
    now: Timestamp,
}

fn done() -> Report {
    Report::Done(Submission { summary: "Done.".to_owned(), ..Submission::default() })
}

impl Play {
    /// The type `delivery`, from its beginning.
    fn new() -> Self {
        Self::of(&Kinds::default(), "delivery")
    }

    /// A type from its beginning.
    fn of(kinds: &Kinds, kind: &str) -> Self {
        let now = Timestamp::UNIX_EPOCH;
        let engagement = Engagement {
            engagement_id: "eng-1".into(),
            goal: "Orders survive a crash.".to_owned(),
            kind: kind.to_owned(),
            owner: "dana".into(),
            members: BTreeMap::new(),
            readers: Vec::new(),
            document: None,
            scope: Scope::default(),
            acceptance_criteria: Vec::new(),
            environment: "staging".to_owned(),
            created_at: now,
        };
        let phases = kinds.phases(kind).unwrap().to_vec();
        let (course, notes) = Course::begin(&engagement, &phases, now).unwrap();
        assert_eq!(names(&notes), ["EngagementStarted", "PhaseStarted"]);
        Self { course, now }
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    /// Applies a command to a copy, as the fleet does.
    fn apply(&mut self, command: Command<'_>) -> Result<Applied, Refused> {
        let mut next = self.course.clone();
        let applied = next.apply(command, self.now)?;
        self.course = next;
        Ok(applied)
    }

    fn does(&mut self, command: Command<'_>) -> Vec<&'static str> {
        names(&self.apply(command).unwrap().notes)
    }

    fn looks(&mut self) -> Vec<&'static str> {
        self.does(Command::Look { review: None, approval: None })
    }

    fn reports(&mut self, report: &Report) -> Vec<&'static str> {
        let (course, workers) = (self.course.clone(), ["terraform-bot".into()]);
        let by = bot();
        self.does(Command::Report { at: course.at(), report, by: &by, workers: &workers })
    }

    fn review(&self, verdict: Verdict) -> PhaseReview {
        let finding = Finding {
            rule: "phase.x".to_owned(),
            severity: Severity::Error,
            resource: "x".to_owned(),
            message: "no ADR".to_owned(),
            fix: "write one".to_owned(),
        };
        PhaseReview {
            phase: self.course.phase_id().to_owned(),
            attempt: self.course.attempt,
            verdict,
            content_hash: "c0ffee".into(),
            findings: vec![finding],
            criteria: Vec::new(),
        }
    }

    fn reviewed(&mut self, verdict: Verdict) -> Applied {
        let review = self.review(verdict);
        self.apply(Command::Look { review: Some(&review), approval: None }).unwrap()
    }

    /// Reports a result that passes its review, and returns what people are asked.
    fn asks(&mut self) -> headgate_domain::approval::Approval {
        self.reports(&done());
        self.reviewed(Verdict::Pass).approval.unwrap()
    }

    fn votes(&mut self, vote: VoteKind, outcome: Outcome) -> Vec<&'static str> {
        let mut approval = self.asks();
        approval.votes.push(Vote {
            ballot: String::new(),
            principal: "alice".into(),
            on_behalf_of: None,
            delegations: Vec::new(),
            roles: Vec::new(),
            standing_in: Vec::new(),
            vote,
            ratings: None,
            comment: "Say what happens if the queue is full.".to_owned(),
            at: self.now,
        });
        approval.outcome = Some(outcome);
        self.does(Command::Look { review: None, approval: Some(&approval) })
    }
}

/// The names of what has happened.
fn names(notes: &[Note]) -> Vec<&'static str> {
    let name = |note: &Note| match note {
        Note::EngagementStarted(_) => "EngagementStarted",
        Note::EngagementFailed(_) => "EngagementFailed",
        Note::EngagementResumed(_) => "EngagementResumed",
        Note::EngagementCancelled(_) => "EngagementCancelled",
        Note::EngagementCompleted(_) => "EngagementCompleted",
        Note::PhaseStarted(_) => "PhaseStarted",
        Note::PhaseSubmitted(_) => "PhaseSubmitted",
        Note::PhaseFailed(_) => "PhaseFailed",
        Note::PhaseBreached(_) => "PhaseBreached",
        Note::PhaseRequested(_) => "PhaseRequested",
        Note::PhaseReminded(_) => "PhaseReminded",
        Note::PhaseDecided(_) => "PhaseDecided",
        Note::PhaseCompleted(_) => "PhaseCompleted",
        Note::PhaseSkipped(_) => "PhaseSkipped",
        Note::InterruptRaised(_) => "InterruptRaised",
        Note::InterruptReminded(_) => "InterruptReminded",
        Note::InterruptAnswered(_) => "InterruptAnswered",
    };
    notes.iter().map(name).collect()
}

/// An attempt at the first phase.
fn first(attempt: u32) -> At<'static> {
    At { phase: "discovery", attempt }
}

/// Who reports.
fn bot() -> Actor {
    Actor { kind: ActorKind::Agent, id: "terraform-bot".into(), on_behalf_of: Some("dana".into()) }
}
