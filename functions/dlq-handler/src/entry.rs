//! A quarantine entry.

use headgate_events::Artifact;
use headgate_ledger::{Key, Listing};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A message that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub quarantine_id: String,
    /// What became of it.
    pub state: State,
    /// The group it belongs to: the fault in one build.
    pub fingerprint: String,
    /// The fault, whatever the build.
    pub fault: String,
    /// Stable code of the error.
    pub error_type: String,
    /// The reason.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// Its build.
    pub build: Option<String>,
    /// The event type, as far as it could be read.
    pub event_type: Option<String>,
    /// The event's id, if it could be read.
    pub event_id: Option<String>,
    /// What the event is about, mostly a change, if it could be read.
    pub subject: Option<String>,
    /// The engagement, if it could be read.
    pub engagement_id: Option<String>,
    /// The dead-letter queue it came through.
    pub queue: String,
    /// The message in its source queue.
    pub message_id: String,
    /// How often it was tried, over all its lives.
    pub attempts: u32,
    /// How often it was sent again.
    pub redrives: u32,
    /// The run that sent it last.
    pub run: Option<RunRef>,
    /// Where the body is.
    pub body: Artifact,
    /// When it was sent first, if known.
    pub first_seen: Option<Timestamp>,
    /// When it came here.
    pub quarantined_at: Timestamp,
    /// When it came here last.
    pub last_seen: Timestamp,
    /// When it was processed or given up.
    pub closed_at: Option<Timestamp>,
}

/// What became of a message in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has decided yet.
    Waiting,
    /// Sent again, not heard of since.
    Redriving,
    /// Processed after all.
    Processed,
    /// Its body is gone: it can only be given up.
    Unsendable,
    /// Given up.
    Discarded,
}

/// A run, and the group that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRef {
    /// The run.
    pub run_id: String,
    /// The group, which an entry may have left since.
    pub fingerprint: String,
}

impl State {
    /// Whether anything is left to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Redriving | Self::Unsendable)
    }
}

impl Entry {
    /// Where an entry is kept.
    #[must_use]
    pub fn key(id: &str) -> Key {
        Key::named(format!("QUARANTINE#{id}"), "ENTRY")
    }

    /// The list that it is on.
    #[must_use]
    pub fn listing(&self) -> Listing {
        let list = Self::list(&self.fingerprint, self.state.is_open());
        let at = self.closed_at.unwrap_or(self.last_seen);
        Listing::named(list, at, &self.quarantine_id)
    }

    /// Name of the list of a group's entries that are open, or not any more.
    #[must_use]
    pub fn list(fingerprint: &str, open: bool) -> String {
        format!("GROUP#{fingerprint}#{}", if open { "open" } else { "closed" })
    }

    /// Whether a run may send it: nobody else has, or whoever has is gone, and not too often yet.
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
