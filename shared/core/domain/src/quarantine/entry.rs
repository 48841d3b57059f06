//! A quarantine entry.

use headgate_events::{Artifact, EngagementId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A message that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Id of the entry.
    pub quarantine_id: String,
    /// Current state of the message.
    pub state: State,
    /// Fingerprint of the group that it belongs to: one fault in one build.
    pub fingerprint: String,
    /// Digest of the fault, independent of the build.
    pub fault: String,
    /// Stable code of the error.
    pub error_type: String,
    /// Why it could not be processed.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// Build of that function, if known.
    pub build: Option<String>,
    /// The event type, if it could be read.
    pub event_type: Option<String>,
    /// The event's id, if it could be read.
    pub event_id: Option<String>,
    /// What the event is about, usually a change id, if it could be read.
    pub subject: Option<String>,
    /// Id of the engagement, if it could be read.
    pub engagement_id: Option<EngagementId>,
    /// The dead-letter queue it came through.
    pub queue: String,
    /// Id of the message in its source queue.
    pub message_id: String,
    /// Number of delivery attempts, over all redrives.
    pub attempts: u32,
    /// Number of times it was sent again.
    pub redrives: u32,
    /// Redrive run that sent it last.
    pub run: Option<RunRef>,
    /// Where the body is stored.
    pub body: Artifact,
    /// When it was first sent, if known.
    pub first_seen: Option<Timestamp>,
    /// When it first entered quarantine.
    pub quarantined_at: Timestamp,
    /// When it last entered quarantine.
    pub last_seen: Timestamp,
    /// When it was processed or discarded.
    pub closed_at: Option<Timestamp>,
}

impl headgate_events::Versioned for Entry {}

/// State of a message in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a redrive or for somebody to discard it.
    Waiting,
    /// Sent again; the result is not known yet.
    Redriving,
    /// Processed after a redrive.
    Processed,
    /// Its body is lost, so it can only be discarded.
    Unsendable,
    /// Discarded for good.
    Discarded,
}

/// A redrive run and its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunRef {
    /// Id of the run.
    pub run_id: String,
    /// Fingerprint of the run's group. The entry may have moved to another group since.
    pub fingerprint: String,
}

impl State {
    /// Whether the message still needs to be processed or discarded.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Redriving | Self::Unsendable)
    }
}

impl Entry {
    /// Name of the list of a group's open entries, or of its closed ones.
    #[must_use]
    pub fn list(fingerprint: &str, open: bool) -> String {
        format!("GROUP#{fingerprint}#{}", if open { "open" } else { "closed" })
    }

    /// Whether a run may send the entry: it is in the run's group, was sent again fewer than `cap` times, and
    /// is waiting or was last sent by another run, which is over.
    #[must_use]
    pub fn may_be_sent_by(&self, run_id: &str, fingerprint: &str, cap: u32) -> bool {
        let free = match self.state {
            State::Waiting => true,
            State::Redriving => self.run.as_ref().is_some_and(|r| r.run_id != run_id),
            State::Processed | State::Unsendable | State::Discarded => false,
        };
        free && self.fingerprint == fingerprint && self.redrives < cap
    }
}
