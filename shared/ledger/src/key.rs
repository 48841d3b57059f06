//! Keys of items; the only place that knows how they are spelled.

/// Primary key of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

/// Position in the `listing` index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

pub(crate) const CHANGES: &str = "CHANGES";
pub(crate) const ENTRY: &str = "ENTRY#";
pub(crate) const CASE: &str = "CASE#";
pub(crate) const RUNS: &str = "RUNS";

impl Key {
    fn of(kind: &str, id: &str, sk: impl Into<String>) -> Self {
        Self { pk: format!("{kind}#{id}"), sk: sk.into() }
    }
    /// Current state of a change.
    #[must_use]
    pub fn change(id: &str) -> Self {
        Self::of("CHANGE", id, "HEAD")
    }
    /// A revision as it was admitted.
    #[must_use]
    pub fn revision(id: &str, revision: u32) -> Self {
        Self::of("CHANGE", id, format!("REVISION#{revision:06}"))
    }
    /// The review of a revision.
    #[must_use]
    pub fn review(id: &str, revision: u32) -> Self {
        Self::of("CHANGE", id, format!("REVIEW#{revision:06}"))
    }
    /// The approval of a revision.
    #[must_use]
    pub fn approval(id: &str, revision: u32) -> Self {
        Self::of("CHANGE", id, format!("APPROVAL#{revision:06}"))
    }
    /// The task token of the workflow that waits for a decision.
    #[must_use]
    pub fn token(id: &str, revision: u32) -> Self {
        Self::of("CHANGE", id, format!("TOKEN#{revision:06}"))
    }
    /// A permit.
    #[must_use]
    pub fn permit(id: &str, permit: &str) -> Self {
        Self::of("CHANGE", id, format!("PERMIT#{permit}"))
    }
    /// The lock of an environment.
    #[must_use]
    pub fn environment_lock(environment: &str) -> Self {
        Self::of("ENVIRONMENT", environment, "LOCK")
    }
    /// A delegation.
    #[must_use]
    pub fn delegation(id: &str) -> Self {
        Self::of("DELEGATION", id, "HEAD")
    }
    /// The same among those of one person to another, by when they end.
    #[must_use]
    pub(crate) fn delegated(from: &str, to: &str, until: jiff::Timestamp, id: &str) -> Self {
        Self::of("DELEGATE", to, format!("{}{until:.3}#{id}", Self::delegator(from)))
    }
    /// What those of one person begin with.
    pub(crate) fn delegator(from: &str) -> String {
        format!("FROM#{from}#UNTIL#")
    }
    /// An engagement.
    #[must_use]
    pub fn engagement(id: &str) -> Self {
        Self::of("ENGAGEMENT", id, "HEAD")
    }
    /// End of an engagement's timeline.
    #[must_use]
    pub fn timeline(engagement: &str) -> Self {
        Self::of("TIMELINE", engagement, "HEAD")
    }
    /// An entry of an engagement's timeline.
    #[must_use]
    pub fn entry(engagement: &str, seq: u64) -> Self {
        Self::of("TIMELINE", engagement, format!("{ENTRY}{seq:012}"))
    }
    /// The marker of an event that a consumer has processed.
    #[must_use]
    pub fn marker(consumer: &str, event_id: &str) -> Self {
        Self { pk: format!("MARKER#{consumer}#{event_id}"), sk: "MARKER".to_owned() }
    }
    /// A run of an evaluation.
    #[must_use]
    pub fn run(id: &str) -> Self {
        Self::of("RUN", id, "HEAD")
    }
    /// What a run may still spend.
    #[must_use]
    pub fn budget(run: &str) -> Self {
        Self::of("RUN", run, "BUDGET")
    }
    /// A case of a run that has ended.
    #[must_use]
    pub fn case(run: &str, case: &headgate_events::evaluation::CaseId) -> Self {
        let headgate_events::evaluation::CaseId { candidate, task, paraphrase, repeat } = case;
        let sk = format!("{CASE}{candidate}#{task}#{paraphrase:03}#{repeat:04}");
        Self::of("RUN", run, sk)
    }
    /// How much of a model is used at a time.
    #[must_use]
    pub fn model_gate(model: &str) -> Self {
        Self::of("MODEL", model, "GATE")
    }
    /// What a model has earned in a family of tasks.
    #[must_use]
    pub fn standing(model: &str, family: &str) -> Self {
        Self::of("STANDING", model, family)
    }
    /// A figure or a quarantine entry in a table of its own.
    #[must_use]
    pub fn named(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }
}

impl Listing {
    /// All changes, by time of creation.
    #[must_use]
    pub fn change(created_at: jiff::Timestamp, id: &str) -> Self {
        Self::named(CHANGES, created_at, id)
    }
    /// All runs of evaluations, by time of creation.
    #[must_use]
    pub fn run(created_at: jiff::Timestamp, id: &str) -> Self {
        Self::named(RUNS, created_at, id)
    }
    /// A list of one's own, by time.
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
