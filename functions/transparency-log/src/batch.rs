//! Leaves whose order is decided, but which may not be published.

use headgate_events::Versioned;
use headgate_ledger::Key;
use headgate_log::Leaf;
use headgate_log_store::{Known, Placed};
use serde::{Deserialize, Serialize};

/// Most bytes of a batch, which is stored in one item of up to 400 KB.
const MOST_BYTES: usize = 256 * 1024;

/// Leaves that were appended together, and are stored in one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Position of the first leaf.
    pub(crate) first: u64,
    /// The leaves, as text.
    pub(crate) leaves: Vec<String>,
    /// The timelines that they belong to.
    pub(crate) runs: Vec<Run>,
    /// About how many bytes its item has.
    #[serde(skip)]
    bytes: usize,
}

impl Versioned for Batch {}

/// Entries of one timeline that follow each other in the log, if there are any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// What is known of the timeline after it.
    pub(crate) after: Known,
    /// Where they are; nowhere, if a restore left no entries.
    pub(crate) placed: Option<Placed>,
}

impl Batch {
    pub(crate) fn key(first: u64) -> Key {
        // Each in a partition of its own: a partition takes 1,000 write units a second, and a full batch half of them.
        Key::named(format!("BATCH#{first:016}"), "LEAVES")
    }

    /// An empty batch whose first leaf will be at `first`.
    pub(crate) fn at(first: u64) -> Self {
        Self { first, ..Self::default() }
    }

    /// Position of the next leaf.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.leaves.len() as u64
    }

    /// Whether no timeline should be added any more.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes >= MOST_BYTES
    }

    /// Adds entries of one timeline, each with its position and hash, until `most` leaves are added or the batch is full; at least one, if there are any. Returns the
    /// number of leaves. The table of `known` becomes `table`, which the entries are from.
    pub(crate) fn add(
        &mut self,
        (known, restored): (Known, bool),
        entries: Vec<(u64, String)>,
        most: usize,
        table: &str,
    ) -> usize {
        let begin = self.leaves.len();
        let mut after = Known { table: table.to_owned(), ..known };
        if restored {
            let engagement_id = after.engagement_id.clone();
            self.push(&Leaf::Restored { engagement_id, table: table.to_owned() });
        }
        let mut placed = Placed { seq: after.seq + 1, index: self.end(), count: 0 };
        for (seq, hash) in entries {
            let added = self.leaves.len() - begin;
            if placed.count > 0 && (added >= most || self.is_full()) {
                break; // the rest is in the next batch
            }
            let engagement_id = after.engagement_id.clone();
            self.push(&Leaf::Entry { engagement_id, seq, hash: hash.clone() });
            placed.count += 1;
            (after.seq, after.hash) = (seq, hash);
        }
        // Ids may be long, and JSON may write each of their characters as six.
        self.bytes += 6 * (after.engagement_id.as_str().len() + table.len()) + 512;
        self.runs.push(Run { after, placed: (placed.count > 0).then_some(placed) });
        self.leaves.len() - begin
    }

    fn push(&mut self, leaf: &Leaf) {
        // Canonical JSON is UTF-8.
        let leaf = String::from_utf8_lossy(&leaf.to_bytes()).into_owned();
        // The batch is JSON in which each leaf is a string: quotes and backslashes take two bytes.
        let escaped = leaf.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
        self.bytes += leaf.len() + escaped + 3;
        self.leaves.push(leaf);
    }
}
