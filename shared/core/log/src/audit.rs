//! Reads a whole log and says what is wrong with it. Nothing but the log's public key, its bucket and an old checkpoint is needed.

use std::collections::BTreeMap;

use headgate_domain::timeline::{Entry, GENESIS};
use headgate_events::EngagementId;

use crate::checkpoint::Checkpoint;
use crate::hash::Hash;
use crate::leaf::Leaf;
use crate::receipt::check_entry;
use crate::tree::Tree;

/// What is wrong with a log, or with a timeline that should be in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The newest checkpoint is older than one that is known.
    #[error(
        "truncated: the log has {found} leaves, but a checkpoint with {known} is known; leaves were removed, or this is an old copy"
    )]
    Truncated {
        /// Leaves of the older checkpoint.
        known: u64,
        /// Leaves of the newest.
        found: u64,
    },
    /// The log does not begin with what an old checkpoint says.
    #[error(
        "forked: the first {size} leaves are not those of the checkpoint with {size} leaves that is known; the log was rewritten"
    )]
    Forked {
        /// Leaves of the old checkpoint.
        size: u64,
    },
    /// The leaves do not have the root of the newest checkpoint.
    #[error(
        "rewritten: the leaves in the bucket are not those that the checkpoint with {size} leaves was signed for"
    )]
    Root {
        /// Leaves of the checkpoint.
        size: u64,
    },
    /// A leaf is not one that this version knows.
    #[error("leaf {index} is of an unknown kind; use a newer version of headgate")]
    Unknown {
        /// Its position.
        index: u64,
    },
    /// The log has another entry at this position of a timeline already, or has no entry before it.
    #[error(
        "leaf {index} says that entry {seq} of {engagement} follows, but entry {expected} is next: two histories, or one with a gap",
        engagement = .engagement.as_str().escape_debug()
    )]
    Order {
        /// Position in the log.
        index: u64,
        /// Timeline.
        engagement: EngagementId,
        /// Position on the timeline.
        seq: u64,
        /// The position that would follow.
        expected: u64,
    },
    /// A timeline was restored from a backup, and entries of before are not on it any more.
    #[error(
        "leaf {index} says that {engagement} was restored from a backup: entries {from} to {logged} of before are gone or are others now; compare with your own restores, then pass --accept-restored {index}",
        engagement = .engagement.as_str().escape_debug()
    )]
    Restored {
        /// Position in the log.
        index: u64,
        /// Timeline.
        engagement: EngagementId,
        /// The first entry that is another one, or gone.
        from: u64,
        /// Entries that were logged before.
        logged: u64,
    },
    /// An entry is not what its own hash says, or does not follow the one before it.
    #[error(
        "entry {seq} of the timeline was changed, moved, or does not follow the entry before it"
    )]
    Entry {
        /// Position on the timeline.
        seq: u64,
    },
    /// An entry is not the one that was logged.
    #[error("entry {seq} of the timeline is not the one in the log: history was rewritten")]
    Rewritten {
        /// Position on the timeline.
        seq: u64,
    },
    /// An entry is not in the log, and is too old for that.
    #[error(
        "entry {seq} of the timeline is not in the log, and should have been long ago; an entry that is not in the log can be changed unnoticed"
    )]
    NotLogged {
        /// Position on the timeline.
        seq: u64,
    },
    /// The log has entries that the timeline lacks.
    #[error(
        "the log has {logged} entries of the timeline, which has only {found}: entries were removed, or this is an older copy"
    )]
    Removed {
        /// Entries in the log.
        logged: u64,
        /// Entries on the timeline.
        found: u64,
    },
}

/// What the log has of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logged {
    /// Hashes of the entries, the first one first.
    pub hashes: Vec<String>,
    /// What it was before each restore.
    pub restored: Vec<Before>,
}

/// A timeline before it was restored from a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Position in the log that says so.
    pub index: u64,
    /// Hashes of the entries.
    pub hashes: Vec<String>,
}

impl Logged {
    /// What a restore took away or changed, as the timeline is now: the first entry and the number of those before. `None` if all that was
    /// logged before is on it still.
    fn lost(&self, before: &Before) -> Option<(u64, u64)> {
        let pairs = (1u64..).zip(&before.hashes);
        let differs = |(seq, hash): &(u64, &String)| {
            let now = usize::try_from(seq - 1).ok().and_then(|at| self.hashes.get(at));
            now != Some(*hash)
        };
        let (first, _) = pairs.into_iter().find(differs)?;
        Some((first, before.hashes.len() as u64))
    }
}

/// Reads a log, leaf by leaf.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    tree: Tree,
    known: Vec<Checkpoint>,
    timelines: BTreeMap<EngagementId, Logged>,
    findings: Vec<Finding>,
}

impl Audit {
    /// Begins. `known` are checkpoints that were seen before; their signatures must have been checked.
    #[must_use]
    pub fn new(known: &[Checkpoint]) -> Self {
        let mut audit = Self { known: known.to_vec(), ..Self::default() };
        audit.compare();
        audit
    }

    /// Compares the tree so far with the known checkpoints of its size.
    fn compare(&mut self) {
        let size = self.tree.size();
        let differs = |c: &&Checkpoint| c.size == size && c.root != self.tree.root();
        if self.known.iter().any(|c| differs(&c)) {
            self.findings.push(Finding::Forked { size });
        }
    }

    /// Reads the next leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        let index = self.tree.size();
        self.tree.push(Hash::of_leaf(leaf));
        if self.known.iter().any(|c| c.size == index + 1) {
            self.compare();
        }
        match Leaf::parse(leaf) {
            None => self.findings.push(Finding::Unknown { index }),
            Some(Leaf::Restored { engagement_id, .. }) => {
                let timeline = self.timelines.entry(engagement_id).or_default();
                let hashes = std::mem::take(&mut timeline.hashes);
                timeline.restored.push(Before { index, hashes });
            }
            Some(Leaf::Entry { engagement_id, seq, hash }) => {
                let timeline = self.timelines.entry(engagement_id.clone()).or_default();
                let expected = timeline.hashes.len() as u64 + 1;
                if seq == expected {
                    timeline.hashes.push(hash);
                } else {
                    let engagement = engagement_id;
                    self.findings.push(Finding::Order { index, engagement, seq, expected });
                }
            }
        }
    }

    /// Ends, with the newest checkpoint, whose signature must have been checked.
    #[must_use]
    pub fn end(mut self, newest: &Checkpoint) -> Audited {
        let found = newest.size;
        let longest = self.known.iter().map(|c| c.size).max().unwrap_or_default();
        if longest > found {
            self.findings.push(Finding::Truncated { known: longest, found });
        }
        for (engagement, timeline) in &self.timelines {
            for before in &timeline.restored {
                let Before { index, .. } = *before;
                let engagement = engagement.clone();
                let lost = timeline.lost(before);
                self.findings.extend(lost.map(|(from, logged)| Finding::Restored {
                    index,
                    engagement,
                    from,
                    logged,
                }));
            }
        }
        if self.tree.size() != found || self.tree.root() != newest.root {
            self.findings.push(Finding::Root { size: found });
        }
        Audited { size: found, timelines: self.timelines, findings: self.findings }
    }
}

/// A log that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Leaves of the newest checkpoint.
    pub size: u64,
    /// What the log has of each timeline.
    pub timelines: BTreeMap<EngagementId, Logged>,
    /// What is wrong. Empty if nothing is.
    pub findings: Vec<Finding>,
}

impl Audited {
    /// Compares a timeline with the log. Entries that are not in the log yet must at least follow.
    #[must_use]
    pub fn timeline(&self, engagement: &EngagementId, entries: &[Entry]) -> Vec<Finding> {
        let none = Logged::default();
        let logged = self.timelines.get(engagement).unwrap_or(&none);
        let mut findings = Vec::new();
        let mut prev = GENESIS;
        for (at, entry) in (1u64..).zip(entries) {
            let is_next = entry.seq == at && entry.prev == prev;
            if !is_next || entry.engagement_id != *engagement || check_entry(entry).is_err() {
                findings.push(Finding::Entry { seq: at });
            }
            prev = &entry.hash;
        }
        let pairs = (1u64..).zip(logged.hashes.iter().zip(entries));
        let first = pairs.into_iter().find(|(_, (hash, entry))| **hash != entry.hash);
        findings.extend(first.map(|(seq, _)| Finding::Rewritten { seq }));
        let (logged, found) = (logged.hashes.len() as u64, entries.len() as u64);
        if logged > found {
            findings.push(Finding::Removed { logged, found });
        }
        findings
    }
}
