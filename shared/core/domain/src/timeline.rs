//! The timeline: append-only, with each entry chained to the previous one by its hash.

use headgate_events::EngagementId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{NotCanonical, digest};

/// `prev` of the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Timeline of proposals that are refused because they name no known engagement, or two. The dot keeps it apart: ids of other
/// engagements cannot contain one.
pub const REFUSED: &str = "headgate.refused";

/// One fact on the timeline of an engagement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Position, starting at 1, without gaps.
    pub seq: u64,
    /// Hash of the previous entry; [`GENESIS`] for the first.
    pub prev: String,
    /// SHA-256 over the canonical JSON of the other fields.
    pub hash: String,
    /// The event as it was received.
    pub event: Value,
    /// Who sent it, whatever the event says of itself. Entries of earlier builds have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
}

impl headgate_events::Versioned for Entry {
    /// Version 2 has the sender, which is part of the hash: an earlier build would take such an entry for a changed one.
    const VERSION: u64 = 2;

    fn upcast(_: u64, body: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(body)
    }
}

/// The verified sender of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sender {
    /// Source on the bus. The bus's policy ties each source to one IAM role.
    pub source: String,
    /// AWS account that it was sent from, as EventBridge says.
    pub account: String,
    /// ARN of the role that may use the source, unless it is one of the fleet's own, which are named like the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Principal of the token, if the event is what an API function made of a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Issuer of that token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// The end of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Number of entries so far.
    pub seq: u64,
    /// Hash of the last entry.
    pub hash: String,
}

impl headgate_events::Versioned for Head {}

impl Default for Head {
    fn default() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

#[derive(Serialize)]
struct Hashed<'a> {
    engagement_id: &'a EngagementId,
    seq: u64,
    prev: &'a str,
    event: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<&'a Sender>,
}

impl Head {
    /// The entry that follows this head.
    ///
    /// # Errors
    /// [`NotCanonical`] if the event cannot be hashed.
    pub fn append(
        &self,
        engagement_id: &EngagementId,
        event: Value,
        sender: Option<Sender>,
    ) -> Result<Entry, NotCanonical> {
        let (seq, prev) = (self.seq + 1, self.hash.clone());
        let sent = sender.as_ref();
        let hashed = Hashed { engagement_id, seq, prev: &prev, event: &event, sender: sent };
        let hash = digest(&hashed)?;
        Ok(Entry { engagement_id: engagement_id.clone(), seq, prev, hash, event, sender })
    }

    /// The end of a timeline whose last entry is `entry`.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self { seq: entry.seq, hash: entry.hash.clone() }
    }
}

/// Where a chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing, duplicated or out of order.
    #[error("expected entry {expected} next, but found entry {found}")]
    Gap {
        /// Expected position.
        expected: u64,
        /// Position found.
        found: u64,
    },
    /// An entry is not linked to the previous one.
    #[error("entry {seq} is not linked to the entry before it")]
    Link {
        /// Its position.
        seq: u64,
    },
    /// An entry was changed after it was written.
    #[error("entry {seq} was changed after it was written")]
    Content {
        /// Its position.
        seq: u64,
    },
    /// The chain ends before its recorded head: entries were cut off.
    #[error("the chain ends at entry {found}, but its recorded head is entry {expected}")]
    Cut {
        /// Position of the recorded head.
        expected: u64,
        /// Last position found.
        found: u64,
    },
}

/// Verifies a whole chain against its recorded head.
///
/// # Errors
/// Returns the first break.
pub fn verify<'a>(entries: impl IntoIterator<Item = &'a Entry>, head: &Head) -> Result<(), Broken> {
    let mut at = Head::default();
    for entry in entries {
        if entry.seq != at.seq + 1 {
            return Err(Broken::Gap { expected: at.seq + 1, found: entry.seq });
        }
        if entry.prev != at.hash {
            return Err(Broken::Link { seq: entry.seq });
        }
        match at.append(&entry.engagement_id, entry.event.clone(), entry.sender.clone()) {
            Ok(again) if again.hash == entry.hash => {}
            _ => return Err(Broken::Content { seq: entry.seq }),
        }
        at = Head::of(entry);
    }
    if at.seq != head.seq {
        return Err(Broken::Cut { expected: head.seq, found: at.seq });
    }
    if at.hash != head.hash {
        return Err(Broken::Content { seq: at.seq });
    }
    Ok(())
}
