//! Where an engagement is.

use headgate_domain::engagement::Engagement;
use headgate_events::latest::{EngagementStarted, PhaseEnd, PhaseStarted, StartCause};
use headgate_events::{Actor, ChangeId, EngagementId, PhaseLimit, PrincipalId};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::at::At;
use crate::kind::Phase;
use crate::note::Note;
use crate::question::Question;
use crate::state::{Status, Stopped};
use crate::submission::Submission;
use crate::usage::{Spent, Usage};

/// Where an engagement is: the current phase, what it waits for, and until when. `Command` changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Course {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Name of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its phases, as the type had them when the engagement began: a change of the type does not change what runs.
    pub phases: Vec<Phase>,
    /// What it waits for.
    pub status: Status,
    /// Index of the current phase.
    pub current: usize,
    /// Number of the attempt at the current phase, from 1.
    pub attempt: u32,
    /// When the engagement began.
    pub began_at: Timestamp,
    /// When the current phase began.
    pub phase_began_at: Timestamp,
    /// Since when it has this status, or this attempt runs.
    pub since: Timestamp,
    /// When it stops waiting by itself.
    pub deadline: Timestamp,
    /// Since when the deadline waits, because a question is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_at: Option<Timestamp>,
    /// When people are reminded of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    /// Reminders of the decision so far.
    #[serde(default)]
    pub reminders: u32,
    /// Failed attempts that count: one more fails the engagement.
    #[serde(default)]
    pub failures: u32,
    /// Attempts that took too long, likewise.
    #[serde(default)]
    pub timeouts: u32,
    /// Seconds of work in the attempts before, without waiting for people.
    #[serde(default)]
    pub worked_seconds: u64,
    /// How often the result was sent back.
    #[serde(default)]
    pub sent_back: u32,
    /// What the review or the people asked for.
    #[serde(default)]
    pub feedback: Vec<String>,
    /// Work of the current attempt.
    #[serde(default)]
    pub usage: Usage,
    /// Work of the attempts before, in the current phase.
    #[serde(default)]
    pub spent: Spent,
    /// Limits of the current attempt that were reported already.
    #[serde(default)]
    pub breached: Vec<Breached>,
    /// The result of the current attempt, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<Submission>,
    /// Who handed in the last result. Deliverables are their uploads, and nobody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_by: Option<Actor>,
    /// Whether a person let the result be reviewed again, after it was not.
    #[serde(default)]
    pub handed_in_again: bool,
    /// Everybody who had a part in the work of the phase: they may not decide on it.
    #[serde(default)]
    pub workers: Vec<PrincipalId>,
    /// Questions of the current attempt.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Why it has failed or was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
    /// What became of the phases before.
    #[serde(default)]
    pub ended: Vec<PhaseEnd>,
}

impl headgate_events::Versioned for Course {
    fn read(version: u64, body: &str) -> Result<Self, serde_json::Error> {
        let fail = serde::de::Error::custom;
        if version != Self::VERSION {
            return Err(fail(format!("no converter reads version {version}")));
        }
        let course: Self = serde_json::from_str(body)?;
        if course.phase().is_none() {
            return Err(fail(format!("there is no phase {}", course.current)));
        }
        Ok(course)
    }
}

/// A limit that was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Breached {
    /// The limit.
    pub limit: PhaseLimit,
    /// Role of the agent, if the limit is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Whether it was only a warning.
    pub warning: bool,
}

impl Course {
    /// Begins an engagement with the first of its phases. `None` if its type has no phases.
    #[must_use]
    pub fn begin(
        engagement: &Engagement,
        phases: &[Phase],
        now: Timestamp,
    ) -> Option<(Self, Vec<Note>)> {
        phases.first()?;
        let mut course = Self {
            engagement_id: engagement.engagement_id.clone(),
            kind: engagement.kind.clone(),
            phases: phases.to_vec(),
            status: Status::Working,
            current: 0,
            attempt: 0,
            began_at: now,
            phase_began_at: now,
            since: now,
            deadline: now,
            paused_at: None,
            remind_at: None,
            reminders: 0,
            failures: 0,
            timeouts: 0,
            worked_seconds: 0,
            sent_back: 0,
            feedback: Vec::new(),
            usage: Usage::default(),
            spent: Spent::default(),
            breached: Vec::new(),
            submission: None,
            submitted_by: None,
            handed_in_again: false,
            workers: Vec::new(),
            questions: Vec::new(),
            stopped: None,
            ended: Vec::new(),
        };
        let started = EngagementStarted {
            kind: engagement.kind.clone(),
            goal: engagement.goal.clone(),
            owner: engagement.owner.clone(),
            environment: engagement.environment.clone(),
            phases: phases.iter().map(|phase| phase.id.clone()).collect(),
        };
        let mut notes = vec![started.into()];
        notes.push(course.work(StartCause::First, now));
        Some((course, notes))
    }

    /// The current phase; `None` only if what is stored was damaged.
    #[must_use]
    pub fn phase(&self) -> Option<&Phase> {
        self.phases.get(self.current)
    }

    /// Id of the current phase.
    #[must_use]
    pub fn phase_id(&self) -> &str {
        self.phase().map_or("", |phase| phase.id.as_str())
    }

    /// The current phase and attempt.
    #[must_use]
    pub fn at(&self) -> At<'_> {
        At { phase: self.phase_id(), attempt: self.attempt }
    }

    /// What approvals and events about the current phase are about: `<engagement>/<phase>`. No change can have this id.
    #[must_use]
    pub fn subject(&self) -> ChangeId {
        Self::subject_of(&self.engagement_id, self.phase_id())
    }

    /// The same for any phase.
    #[must_use]
    pub fn subject_of(engagement: &EngagementId, phase: &str) -> ChangeId {
        ChangeId::from(format!("{engagement}/{phase}"))
    }

    /// When something has to be done if nobody does anything; `None` if nothing will.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        if self.status.is_final() {
            return None;
        }
        let deadline = Some(self.deadline).filter(|_| self.paused_at.is_none());
        let questions = self.questions.iter().filter(|q| q.is_open()).map(|q| q.remind_at);
        let overlong = self.overlong_at().filter(|_| !self.is_overlong());
        questions.chain(deadline).chain(self.remind_at).chain(overlong).min()
    }

    /// When the phase will have taken longer than it should; only while agents work.
    pub(crate) fn overlong_at(&self) -> Option<Timestamp> {
        if self.status != Status::Working || self.paused_at.is_some() {
            return None;
        }
        let allowed = u64::from(self.phase()?.limits.duration_seconds);
        let left = u32::try_from(allowed.saturating_sub(self.worked_seconds)).ok()?;
        Some(later(self.work_began_at(), left))
    }

    /// Seconds that an attempt may take now.
    pub(crate) fn attempt_seconds(&self) -> u32 {
        self.phase().map_or(0, |phase| match self.timeouts {
            0 => phase.limits.timeout_seconds,
            _ => phase.limits.extended_timeout_seconds,
        })
    }

    /// When the work of the attempt would have begun, had nobody waited for answers: they move the deadline.
    fn work_began_at(&self) -> Timestamp {
        let took = SignedDuration::from_secs(i64::from(self.attempt_seconds()));
        self.deadline.checked_sub(took).unwrap_or(Timestamp::MIN)
    }

    /// Seconds of work in the phase so far, without waiting for people.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> u64 {
        let running = match self.status {
            Status::Working => seconds(self.work_began_at(), self.paused_at.unwrap_or(now)),
            _ => 0,
        };
        self.worked_seconds.saturating_add(running)
    }

    /// Whether that was reported.
    pub(crate) fn is_overlong(&self) -> bool {
        self.breached.iter().any(|b| b.limit == PhaseLimit::DurationSeconds)
    }

    /// Begins the next attempt at the work of the current phase, and tells the agents.
    pub(crate) fn work(&mut self, cause: StartCause, now: Timestamp) -> Note {
        self.next_attempt(now);
        PhaseStarted {
            phase: self.phase_id().to_owned(),
            attempt: self.attempt,
            title: self.phase().map(|p| p.title.clone()).unwrap_or_default(),
            entry: self.phase().map(|p| p.entry.clone()).unwrap_or_default(),
            members: self.phase().map(|p| p.members.clone()).unwrap_or_default(),
            deadline: self.deadline,
            cause,
            feedback: self.feedback.clone(),
        }
        .into()
    }

    pub(crate) fn next_attempt(&mut self, now: Timestamp) {
        self.attempt += 1;
        self.spent.add(&std::mem::take(&mut self.usage));
        // That the phase takes long is reported once, not once for each attempt.
        self.breached.retain(|b| b.limit == PhaseLimit::DurationSeconds);
        self.submission = None;
        self.handed_in_again = false;
        self.questions.clear();
        self.wait(Status::Working, later(now, self.attempt_seconds()), now);
    }

    /// Waits for something else, until `deadline`.
    pub(crate) fn wait(&mut self, status: Status, deadline: Timestamp, now: Timestamp) {
        self.status = status;
        self.since = now;
        self.deadline = deadline;
        self.paused_at = None;
        self.remind_at = None;
        self.reminders = 0;
    }
}

/// A time so many seconds later.
pub(crate) fn later(from: Timestamp, seconds: u32) -> Timestamp {
    from.checked_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(Timestamp::MAX)
}

/// Whole seconds between two times.
pub(crate) fn seconds(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_secs()).unwrap_or_default()
}
