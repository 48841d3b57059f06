//! One revision of a change.

use serde::{Serialize, Serializer};

use crate::ChangeId;

/// Names one revision of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisionRef<'a> {
    /// Id of the change.
    pub change: &'a ChangeId,
    /// Number of the revision.
    pub revision: u32,
}

/// As `["chg-1", 2]`: content hashes are computed over this form.
impl Serialize for RevisionRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.change, self.revision).serialize(serializer)
    }
}
