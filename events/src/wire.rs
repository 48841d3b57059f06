//! Parses the bytes of a queue message into a [`Fact`].

use serde::Deserialize;
use serde_json::Value;

use crate::envelope::EventError;
use crate::fact::Fact;
use crate::origin::Origin;
use crate::registry::readers;

/// Largest `detail` that is sent by value, in bytes. Larger content is stored as an artifact and sent by
/// reference.
pub const MAX_DETAIL_BYTES: usize = 200 * 1024;

/// Largest body that a consumer reads, in bytes: the size limit of an EventBridge entry.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// An event as EventBridge delivers it to a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The entry's `source`. The bus policy ties it to the sender's IAM role, so it identifies the sender.
    /// Nothing inside `detail` does.
    pub sender: String,
    /// The account that the entry was put from.
    pub account: String,
    /// Where the fleet keeps the event, if it says so.
    pub origin: Option<Origin>,
    /// The event itself.
    pub fact: Fact,
    /// The `detail` as it was received, for records that must keep the exact content.
    pub detail: Value,
}

/// An event of the fleet in a later version than this build knows: what can be said of it without knowing the version.
#[derive(Debug, Clone, PartialEq)]
pub struct Newer {
    /// The entry's `source`.
    pub sender: String,
    /// The entry's `detail-type`.
    pub kind: String,
    /// The entry's `detail`.
    pub detail: Value,
    /// Where the fleet keeps the event, if it says so.
    pub origin: Option<Origin>,
}

impl Newer {
    /// Reads the body of a queue message for which [`Delivery::parse`] returns [`ParseError::NewerVersion`].
    #[must_use]
    pub fn parse(body: &str) -> Option<Self> {
        let entry: Entry = serde_json::from_str(body).ok()?;
        let origin = entry.origin();
        let Entry { detail_type: kind, source: sender, detail, .. } = entry;
        Some(Self { sender, kind, detail, origin })
    }
}

/// Why this build cannot process a message as an event. Retrying helps only after [`ParseError::NewerVersion`]:
/// any other message is poison.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// Larger than EventBridge allows.
    #[error("body of {bytes} bytes is larger than the EventBridge limit of 256 KiB")]
    Oversized {
        /// Size of the body.
        bytes: usize,
    },
    /// Not JSON, or JSON without the fields of an EventBridge event.
    #[error("body is not an EventBridge event: line {line}, column {column}")]
    Malformed {
        /// Line of the body, from 1.
        line: usize,
        /// Column of that line.
        column: usize,
    },
    /// Headgate does not know this event type.
    #[error("unknown event type `{kind}`")]
    UnknownType {
        /// The `detail-type`.
        kind: String,
    },
    /// Headgate knows the event type, but not this version.
    #[error("unknown version of `{fact}`: `{kind}`")]
    UnknownVersion {
        /// `<subject>.<fact>`.
        fact: String,
        /// The `detail-type`.
        kind: String,
    },
    /// A function of the fleet sent a later version than this build knows: the fleet is being updated, and a
    /// build that knows it is about to replace this one.
    #[error(
        "`{kind}` is a later version than this build knows; deploy the sender's build to this function as well"
    )]
    NewerVersion {
        /// The `detail-type`.
        kind: String,
    },
    /// `detail-type` and the CloudEvents `type` disagree.
    #[error("detail-type `{detail_type}` carries an event of type `{kind}`")]
    TypeMismatch {
        /// The `detail-type`.
        detail_type: String,
        /// The `type` inside.
        kind: String,
    },
    /// The data does not fit the version's schema.
    #[error("detail of `{kind}` is invalid at `{path}`: {problem}")]
    Schema {
        /// The `detail-type`.
        kind: String,
        /// Path of the invalid value, such as `data.dossier.plan.sha256`.
        path: String,
        /// What is wrong, without any value from the body.
        problem: String,
    },
    /// An envelope attribute breaks a rule.
    #[error("envelope of `{kind}` is not valid")]
    Envelope {
        /// The `detail-type`.
        kind: String,
        /// Which attribute, and how.
        #[source]
        source: EventError,
    },
}

impl ParseError {
    /// Stable code for metrics, quarantine entries and alarms.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Oversized { .. } => "body_oversized",
            Self::Malformed { .. } => "body_malformed",
            Self::UnknownType { .. } => "event_type_unknown",
            Self::UnknownVersion { .. } => "event_version_unknown",
            Self::NewerVersion { .. } => "event_version_newer",
            Self::TypeMismatch { .. } => "event_type_mismatch",
            Self::Schema { .. } => "event_schema",
            Self::Envelope { .. } => "event_envelope",
        }
    }

    /// The event type, if it could be read.
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        match self {
            Self::Oversized { .. } | Self::Malformed { .. } => None,
            Self::UnknownType { kind }
            | Self::UnknownVersion { kind, .. }
            | Self::NewerVersion { kind }
            | Self::TypeMismatch { detail_type: kind, .. }
            | Self::Schema { kind, .. }
            | Self::Envelope { kind, .. } => Some(kind),
        }
    }
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "detail-type")]
    detail_type: String,
    source: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    resources: Vec<Value>,
    detail: Value,
}

impl Entry {
    fn origin(&self) -> Option<Origin> {
        self.resources.iter().filter_map(Value::as_str).find_map(Origin::parse)
    }
}

impl Delivery {
    /// Reads the body of a queue message that an EventBridge rule put there.
    ///
    /// # Errors
    /// Returns a [`ParseError`]. Never panics on any input.
    pub fn parse(body: &str) -> Result<Self, ParseError> {
        if body.len() > MAX_BODY_BYTES {
            return Err(ParseError::Oversized { bytes: body.len() });
        }
        let entry: Entry = serde_json::from_str(body)
            .map_err(|e| ParseError::Malformed { line: e.line(), column: e.column() })?;
        let origin = entry.origin();
        let Entry { detail_type: kind, source: sender, account, detail, .. } = entry;
        let Some(reader) = readers().iter().find(|v| v.kind == kind) else {
            return Err(unknown(kind, &sender));
        };
        match detail.get("type").and_then(Value::as_str) {
            Some(inner) if inner != kind => {
                let inner = inner.to_owned();
                return Err(ParseError::TypeMismatch { detail_type: kind, kind: inner });
            }
            _ => {}
        }
        let fact = (reader.parse)(&detail).map_err(|e| ParseError::Schema {
            kind: kind.clone(),
            path: e.path().to_string(),
            problem: without_values(&e.inner().to_string()),
        })?;
        fact.check().map_err(|source| ParseError::Envelope { kind, source })?;
        Ok(Self { sender, account, origin, fact, detail })
    }
}

fn unknown(kind: String, sender: &str) -> ParseError {
    let split = |kind: &str| {
        let (fact, version) = kind.rsplit_once(".v")?;
        Some((fact.to_owned(), version.parse::<u32>().ok()))
    };
    let Some((fact, version)) = split(&kind) else { return ParseError::UnknownType { kind } };
    let known = readers().iter().filter_map(|reader| split(reader.kind));
    let latest = known.filter(|(name, _)| *name == fact).filter_map(|(_, version)| version).max();
    match (latest, version) {
        (None, _) => ParseError::UnknownType { kind },
        // Anybody else could keep a queue busy with it.
        (Some(latest), Some(version)) if version > latest && sender.starts_with("headgate.") => {
            ParseError::NewerVersion { kind }
        }
        _ => ParseError::UnknownVersion { fact, kind },
    }
}

/// Removes input values from serde's messages, because bodies must not reach a log. Only the names of
/// our own fields and types remain.
fn without_values(message: &str) -> String {
    if message.starts_with("missing field") {
        return message.to_owned();
    }
    match message.split_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "the value is not allowed".to_owned(),
    }
}

/// Splits an event type into `<subject>.<fact>` and `v<N>`. The second is `None` if the type has no version.
#[must_use]
pub fn split_version(kind: &str) -> (&str, Option<&str>) {
    match kind.rsplit_once('.') {
        Some((stem, version))
            if version
                .strip_prefix('v')
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) =>
        {
            (stem, Some(version))
        }
        _ => (kind, None),
    }
}
