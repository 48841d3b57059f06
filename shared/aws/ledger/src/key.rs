//! Keys of items. Only this crate knows their format.

use headgate_events::{ChangeId, EngagementId, PrincipalId};

/// Primary key of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

/// Key of an item in the `listing` index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

pub(crate) const ENTRY: &str = "ENTRY#";
/// Prefix of the sort keys of finished cases.
pub const CASE: &str = "CASE#";
/// Prefix of the partition keys of markers. Policies name it, too.
pub(crate) const MARKER: &str = "MARKER#";
/// Sort key of markers.
pub(crate) const MARKER_SK: &str = "MARKER";
pub(crate) const RUNS: &str = "RUNS";

impl Key {
    /// Partition key and sort key.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        (&self.pk, &self.sk)
    }

    pub(crate) fn of(kind: &str, id: &str, sk: impl Into<String>) -> Self {
        Self { pk: format!("{kind}#{id}"), sk: sk.into() }
    }
    /// Current state of a change.
    #[must_use]
    pub fn change(id: &ChangeId) -> Self {
        Self::of("CHANGE", id.as_str(), "HEAD")
    }
    /// A revision of a change, as admitted.
    #[must_use]
    pub fn revision(id: &ChangeId, revision: u32) -> Self {
        Self::of("CHANGE", id.as_str(), format!("REVISION#{revision:06}"))
    }
    /// The review of a revision.
    #[must_use]
    pub fn review(id: &ChangeId, revision: u32) -> Self {
        Self::of("CHANGE", id.as_str(), format!("REVIEW#{revision:06}"))
    }
    /// The approval of a revision.
    #[must_use]
    pub fn approval(id: &ChangeId, revision: u32) -> Self {
        Self::of("CHANGE", id.as_str(), format!("APPROVAL#{revision:06}"))
    }
    /// The task token of the workflow that waits for a decision on a revision.
    #[must_use]
    pub fn token(id: &ChangeId, revision: u32) -> Self {
        Self::of("CHANGE", id.as_str(), format!("TOKEN#{revision:06}"))
    }
    /// A permit of a change.
    #[must_use]
    pub fn permit(id: &ChangeId, permit: &str) -> Self {
        Self::of("CHANGE", id.as_str(), format!("PERMIT#{permit}"))
    }
    /// The lock of an environment.
    #[must_use]
    pub fn environment_lock(environment: &str) -> Self {
        Self::of("ENVIRONMENT", environment, "LOCK")
    }
    /// A delegation, by id.
    #[must_use]
    pub fn delegation(id: &str) -> Self {
        Self::of("DELEGATION", id, "HEAD")
    }
    /// Roles that a person has lost. All spellings of a name are the same person.
    #[must_use]
    pub fn lost_roles(person: &PrincipalId) -> Self {
        Self::of("LOST-ROLES", &person.as_str().trim().to_ascii_lowercase(), "HEAD")
    }
    /// The copy of a delegation under its receiver, sorted by giver and end.
    #[must_use]
    pub(crate) fn delegated(
        from: &PrincipalId,
        to: &PrincipalId,
        until: jiff::Timestamp,
        id: &str,
    ) -> Self {
        Self::of("DELEGATE", to.as_str(), format!("{}{until:.3}#{id}", Self::delegator(from)))
    }
    /// Sort-key prefix of the delegations from one person.
    pub(crate) fn delegator(from: &PrincipalId) -> String {
        format!("FROM#{from}#UNTIL#")
    }
    /// Head of an engagement's timeline: its last position and hash.
    #[must_use]
    pub fn timeline(engagement: &EngagementId) -> Self {
        Self::of("TIMELINE", engagement.as_str(), "HEAD")
    }
    /// An entry in an engagement's timeline.
    #[must_use]
    pub fn entry(engagement: &EngagementId, seq: u64) -> Self {
        Self::of("TIMELINE", engagement.as_str(), format!("{ENTRY}{seq:012}"))
    }
    /// How far a timeline has to be logged.
    #[must_use]
    pub(crate) fn unlogged(engagement: &EngagementId) -> Self {
        Self::of("UNLOGGED", engagement.as_str(), "HEAD")
    }
    /// The marker that a consumer has processed an event.
    #[must_use]
    pub fn marker(consumer: &str, event_id: &str) -> Self {
        Self { pk: format!("{MARKER}{consumer}#{event_id}"), sk: MARKER_SK.to_owned() }
    }
    /// An evaluation run.
    #[must_use]
    pub fn run(id: &str) -> Self {
        Self::of("RUN", id, "HEAD")
    }
    /// The spending budget of an evaluation run.
    #[must_use]
    pub fn budget(run: &str) -> Self {
        Self::of("RUN", run, "BUDGET")
    }
    /// A finished case of an evaluation run.
    #[must_use]
    pub fn case(run: &str, case: &headgate_events::evaluation::CaseId) -> Self {
        let headgate_events::evaluation::CaseId { candidate, task, paraphrase, repeat } = case;
        let sk = format!("{CASE}{candidate}#{task}#{paraphrase:03}#{repeat:04}");
        Self::of("RUN", run, sk)
    }
    /// The throttle of a model.
    #[must_use]
    pub fn model_throttle(model: &str) -> Self {
        Self::of("MODEL", model, "THROTTLE")
    }
    /// The standing of a model in a family of tasks.
    #[must_use]
    pub fn standing(model: &str, family: &str) -> Self {
        Self::of("STANDING", model, family)
    }
    /// An item in another table, such as a metric or a quarantine entry.
    #[must_use]
    pub fn named(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }
}

impl Listing {
    /// All evaluation runs, by time of creation.
    #[must_use]
    pub fn run(created_at: jiff::Timestamp, id: &str) -> Self {
        Self::named(RUNS, created_at, id)
    }
    /// A list with any other name, by time.
    #[must_use]
    pub fn named(list: impl Into<String>, at: jiff::Timestamp, id: &str) -> Self {
        Self { pk: list.into(), sk: format!("{at:.3}#{id}") }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.pk, self.sk)
    }
}
