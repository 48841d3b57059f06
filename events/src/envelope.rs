//! The CloudEvents 1.0 envelope (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md>).

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{ChangeId, EngagementId, FunctionName, PrincipalId};

/// One version of an event's `data`.
pub trait Payload: Serialize + DeserializeOwned + JsonSchema {
    /// The CloudEvents `type`, `<subject>.<fact>.v<N>`, which is also the EventBridge `detail-type`.
    const TYPE: &'static str;
}

/// What kind of principal acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person, authenticated by a verified token.
    Human,
    /// An AI agent or a CI job.
    Agent,
    /// A function of the fleet, acting on its own.
    System,
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Kind of principal.
    pub kind: ActorKind,
    /// Stable id of the principal: the token's `sub`, the agent's id, or the function's name.
    pub id: PrincipalId,
    /// The principal that the actor acts for, if not itself.
    pub on_behalf_of: Option<PrincipalId>,
}

impl Actor {
    /// A function of the fleet acting on its own.
    #[must_use]
    pub fn system(function: FunctionName) -> Self {
        Self { kind: ActorKind::System, id: function.into(), on_behalf_of: None }
    }
}

/// Longest id, source, subject, engagement or actor id, in bytes. They are parts of keys and appear in every
/// log line.
const MAX_ATTRIBUTE_BYTES: usize = 256;

/// A CloudEvents 1.0 event with Headgate's extensions. `data` is one [`Payload`] version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(bound = "T: JsonSchema")]
pub struct Event<T> {
    /// Always `1.0`.
    pub specversion: String,
    /// Derived id (see [`crate::event_id`]). Events from outside the fleet have an id chosen by the sender.
    pub id: String,
    /// `headgate.<function>`, or `agent.<id>` for events that agents put on the bus.
    pub source: String,
    /// `<subject>.<fact>.v<N>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the event is about: the change id in change, review, approval and permit events.
    pub subject: String,
    /// When the fact became true, RFC 3339.
    pub time: Timestamp,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// `urn:headgate:schema:<type>`.
    pub dataschema: String,
    /// W3C trace context, carried from the event that caused this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub traceparent: Option<String>,
    /// Id of the engagement that the event belongs to.
    pub correlationid: EngagementId,
    /// Id of the event that caused this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub causationid: Option<String>,
    /// Kind of the acting principal.
    pub actorkind: ActorKind,
    /// Id of the acting principal.
    pub actorid: PrincipalId,
    /// Id of the principal that the actor acts for, if not itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub onbehalfof: Option<PrincipalId>,
    /// The payload.
    pub data: T,
}

/// An event that breaks a rule of the envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("envelope attribute `{attribute}` {problem}")]
pub struct EventError {
    /// Name of the attribute.
    pub attribute: &'static str,
    /// What is wrong, phrased to follow the attribute's name.
    pub problem: String,
}

impl<T: Payload> Event<T> {
    /// A new event with the constant attributes filled in and no trace or cause.
    pub fn new(
        id: impl Into<String>,
        source: &str,
        subject: &str,
        time: Timestamp,
        correlation: &EngagementId,
        actor: Actor,
        data: T,
    ) -> Self {
        Self {
            specversion: "1.0".to_owned(),
            id: id.into(),
            source: source.to_owned(),
            kind: T::TYPE.to_owned(),
            subject: subject.to_owned(),
            time,
            datacontenttype: "application/json".to_owned(),
            dataschema: format!("urn:headgate:schema:{}", T::TYPE),
            traceparent: None,
            correlationid: correlation.clone(),
            causationid: None,
            actorkind: actor.kind,
            actorid: actor.id,
            onbehalfof: actor.on_behalf_of,
            data,
        }
    }

    /// Records the event that caused this one and continues its trace.
    #[must_use]
    pub fn caused_by(mut self, id: &str, traceparent: Option<String>) -> Self {
        self.causationid = Some(id.to_owned());
        self.traceparent = traceparent;
        self
    }
}

impl<T> Event<T> {
    /// The change that this event is about. Only for events about changes.
    pub fn change(&self) -> ChangeId {
        ChangeId::from(self.subject.as_str())
    }

    /// The actor, as stated in the envelope. For events from outside the fleet, check it against the verified
    /// sender before trusting it.
    pub fn actor(&self) -> Actor {
        Actor {
            kind: self.actorkind,
            id: self.actorid.clone(),
            on_behalf_of: self.onbehalfof.clone(),
        }
    }

    /// Converts the data and keeps the envelope unchanged, including its `type`.
    pub fn map<U>(self, data: impl FnOnce(T) -> U) -> Event<U> {
        Event {
            specversion: self.specversion,
            id: self.id,
            source: self.source,
            kind: self.kind,
            subject: self.subject,
            time: self.time,
            datacontenttype: self.datacontenttype,
            dataschema: self.dataschema,
            traceparent: self.traceparent,
            correlationid: self.correlationid,
            causationid: self.causationid,
            actorkind: self.actorkind,
            actorid: self.actorid,
            onbehalfof: self.onbehalfof,
            data: data(self.data),
        }
    }

    /// Checks what the types cannot: constant attributes, and that required strings are neither empty nor too
    /// long.
    ///
    /// # Errors
    /// Returns the first attribute that breaks a rule.
    pub fn check(&self) -> Result<(), EventError> {
        let bad =
            |attribute, problem: &str| Err(EventError { attribute, problem: problem.to_owned() });
        if self.specversion != "1.0" {
            return bad("specversion", "must be 1.0");
        }
        if self.datacontenttype != "application/json" {
            return bad("datacontenttype", "must be application/json");
        }
        for (attribute, value) in [
            ("id", self.id.as_str()),
            ("source", &self.source),
            ("subject", &self.subject),
            ("correlationid", self.correlationid.as_str()),
            ("actorid", self.actorid.as_str()),
        ] {
            if value.trim().is_empty() {
                return bad(attribute, "must not be empty");
            }
            if value.len() > MAX_ATTRIBUTE_BYTES {
                return bad(attribute, "must not be longer than 256 bytes");
            }
        }
        Ok(())
    }
}
