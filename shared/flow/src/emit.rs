//! Events that follow from others.

use headgate_events::{Actor, Event, Fact, Outgoing, Payload, event_id};
use headgate_runtime::trace;
use jiff::Timestamp;

/// Builds the events of one function.
#[derive(Debug, Clone)]
pub struct Emit {
    function: &'static str,
    now: Timestamp,
    correlation: String,
    cause: Option<String>,
    traceparent: Option<String>,
    actor: Actor,
}

impl Emit {
    /// Events of `function` that follow from a fact, within its engagement and trace.
    #[must_use]
    pub fn after(function: &'static str, now: Timestamp, cause: &Fact) -> Self {
        Self::new(function, now, cause.correlation())
            .caused_by(cause.id(), cause.traceparent().map(str::to_owned))
    }

    /// Events of `function` in an engagement.
    #[must_use]
    pub fn new(function: &'static str, now: Timestamp, correlation: &str) -> Self {
        Self {
            function,
            now,
            correlation: correlation.to_owned(),
            cause: None,
            traceparent: None,
            actor: Actor::system(function),
        }
    }

    /// Names the cause and its trace.
    #[must_use]
    pub fn caused_by(mut self, event_id: &str, traceparent: Option<String>) -> Self {
        self.cause = Some(event_id.to_owned());
        self.traced(traceparent)
    }

    /// Carries a trace on.
    #[must_use]
    pub fn traced(mut self, traceparent: Option<String>) -> Self {
        self.traceparent = traceparent;
        self
    }

    /// Names the principal who acted; without this it is the function itself.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// An event about a revision of a change. Its id is derived; where one revision has several
    /// facts of the type, `discriminator` tells them apart.
    ///
    /// # Errors
    /// When the payload has no JSON form; the types of `headgate-events` all have.
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

/// The first `n` of a list, for events that carry a sample by value.
#[must_use]
pub fn first<T: Clone>(items: &[T], n: usize) -> Vec<T> {
    items.iter().take(n).cloned().collect()
}
