//! Parts of a fleet's engagements. What facts of many engagements change is divided by them, and so are the queues in which
//! facts wait to be recorded.

use crate::EngagementId;

/// Parts that engagements are divided into. Stored figures and deployed rules depend on it, so it never changes.
pub const PARTS: u8 = 16;

/// The part, from 0, that a name belongs to if there are `parts` of them. Stored keys depend on the result, so it never changes.
#[must_use]
pub fn part_of(name: &str, parts: u8) -> u8 {
    name.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % parts
}

impl EngagementId {
    /// The part, from 0 to 15, that the engagement belongs to.
    #[must_use]
    pub fn part(&self) -> u8 {
        part_of(self.as_str(), PARTS)
    }

    /// The part as `partitionkey` of an event, `00` to `15`: rules of EventBridge choose the queue by it.
    #[must_use]
    pub fn partition_key(&self) -> String {
        format!("{:02}", self.part())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::EngagementId;

    /// Literal: figures are stored under these parts.
    #[test]
    fn a_part_never_changes() {
        let part = |name: &str| EngagementId::from(name).partition_key();
        assert_eq!(
            [part("eng-orders"), part("eng-1"), part("eng-2"), part("")],
            ["04", "02", "03", "00"]
        );
    }

    #[test]
    fn numbered_engagements_are_spread_evenly() {
        let mut counts: BTreeMap<u8, u32> = BTreeMap::new();
        for n in 0..1_600 {
            *counts.entry(EngagementId::from(format!("eng-{n}").as_str()).part()).or_default() += 1;
        }
        assert_eq!(counts.len(), 16);
        assert!(counts.values().all(|n| (70..=130).contains(n)), "{counts:?}");
    }
}
