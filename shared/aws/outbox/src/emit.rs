//! Builds the events that a function publishes.

use headgate_events::{
    Actor, EngagementId, Event, Fact, FunctionName, Outgoing, Payload, event_id,
};
use headgate_runtime::trace;
use jiff::Timestamp;

/// Builds the events of one function.
#[derive(Debug, Clone)]
pub struct Emit {
    function: FunctionName,
    now: Timestamp,
    correlation: EngagementId,
    cause: Option<String>,
    traceparent: Option<String>,
    actor: Actor,
}

impl Emit {
    /// Builds events of `function` that `cause` leads to, in the same engagement and trace.
    #[must_use]
    pub fn after(function: FunctionName, now: Timestamp, cause: &Fact) -> Self {
        Self::new(function, now, cause.correlation())
            .caused_by(cause.id(), cause.traceparent().map(str::to_owned))
    }

    /// Builds events of `function` in the engagement `correlation`.
    #[must_use]
    pub fn new(function: FunctionName, now: Timestamp, correlation: &EngagementId) -> Self {
        Self {
            function,
            now,
            correlation: correlation.clone(),
            cause: None,
            traceparent: None,
            actor: Actor::system(function),
        }
    }

    /// Sets the engagement, as the ledger has it: an event from outside may name any.
    #[must_use]
    pub fn within(mut self, engagement: &EngagementId) -> Self {
        self.correlation = engagement.clone();
        self
    }

    /// Sets the event that caused these events, and its trace.
    #[must_use]
    pub fn caused_by(mut self, event_id: &str, traceparent: Option<String>) -> Self {
        self.cause = Some(event_id.to_owned());
        self.traced(traceparent)
    }

    /// Sets the `traceparent` that these events continue.
    #[must_use]
    pub fn traced(mut self, traceparent: Option<String>) -> Self {
        self.traceparent = traceparent;
        self
    }

    /// Sets the principal who acted. The default is the function itself.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Builds an event about a revision of a subject. Its id is derived from type, subject, revision and
    /// `discriminator`, which distinguishes several events of one type about one revision.
    ///
    /// # Errors
    /// If the payload has no JSON form. All types of `headgate-events` have one.
    pub fn event<T: Payload>(
        &self,
        (subject, revision): (&str, u32),
        discriminator: &str,
        data: T,
    ) -> Result<Outgoing, serde_json::Error> {
        let id = event_id(T::TYPE, subject, revision, discriminator);
        let source = format!("headgate.{}", self.function);
        let actor = self.actor.clone();
        let mut event = Event::new(id, &source, subject, self.now, &self.correlation, actor, data);
        event.traceparent = Some(trace::child(self.traceparent.as_deref()));
        event.causationid.clone_from(&self.cause);
        event.outgoing()
    }
}

/// The first `n` items of a list, for events that contain only a sample.
#[must_use]
pub fn first<T: Clone>(items: &[T], n: usize) -> Vec<T> {
    items.iter().take(n).cloned().collect()
}
