//! Keys of quarantined messages and their groups.

use headgate_domain::quarantine::{Entry, Group};

use crate::key::{Key, Listing};

/// Name of the list of all groups, by arrival of their first message.
pub const QUARANTINE_GROUPS: &str = "GROUPS";

impl Key {
    /// A quarantined message.
    #[must_use]
    pub fn quarantined(id: &str) -> Self {
        Self::named(format!("QUARANTINE#{id}"), "ENTRY")
    }

    /// A group of quarantined messages with the same fingerprint.
    #[must_use]
    pub fn quarantine_group(fingerprint: &str) -> Self {
        Self::named(format!("GROUP#{fingerprint}"), "GROUP")
    }
}

impl Listing {
    /// Position of a message in the list of open or closed messages of its group.
    #[must_use]
    pub fn quarantined(entry: &Entry) -> Self {
        let list = Entry::list(&entry.fingerprint, entry.state.is_open());
        Self::named(list, entry.closed_at.unwrap_or(entry.last_seen), &entry.quarantine_id)
    }

    /// Position of a group in the list of all groups.
    #[must_use]
    pub fn quarantine_group(group: &Group) -> Self {
        Self::named(QUARANTINE_GROUPS, group.first_seen, &group.fingerprint)
    }
}
