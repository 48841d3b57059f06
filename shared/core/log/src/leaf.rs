//! What the log has of a timeline.

use headgate_domain::canonical::canonical_json;
use headgate_domain::timeline::Entry;
use headgate_events::EngagementId;
use serde::{Deserialize, Serialize};

/// A leaf of the log. It has the hash of an entry, not its content: a reader of the log learns nothing of what happened, and an owner of the entry
/// can show that it is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Leaf {
    /// An entry was appended to a timeline.
    #[serde(rename = "entry.v1")]
    Entry {
        /// Id of the engagement.
        engagement_id: EngagementId,
        /// Its position on the timeline.
        seq: u64,
        /// Its hash.
        hash: String,
    },
    /// A timeline was restored from a backup and differs from what the log has of it. Its entries follow from the first one on.
    #[serde(rename = "restored.v1")]
    Restored {
        /// Id of the engagement.
        engagement_id: EngagementId,
        /// The restored table.
        table: String,
    },
}

impl Leaf {
    /// The leaf of an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self::Entry {
            engagement_id: entry.engagement_id.clone(),
            seq: entry.seq,
            hash: entry.hash.clone(),
        }
    }

    /// Id of the engagement.
    #[must_use]
    pub const fn engagement(&self) -> &EngagementId {
        match self {
            Self::Entry { engagement_id, .. } | Self::Restored { engagement_id, .. } => {
                engagement_id
            }
        }
    }

    /// The bytes in the log: canonical JSON (RFC 8785).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Text and numbers always have a canonical form.
        canonical_json(self).unwrap_or_default()
    }

    /// Reads the bytes of a leaf. `None` unless they are exactly what [`Self::to_bytes`] writes.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let leaf: Self = serde_json::from_slice(bytes).ok()?;
        (leaf.to_bytes() == bytes).then_some(leaf)
    }
}
