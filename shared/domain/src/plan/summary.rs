//! A plan in four figures.

use serde::{Deserialize, Serialize};

use super::Plan;

/// How many managed resources a plan creates, updates, replaces and deletes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// New objects.
    pub create: u32,
    /// Objects changed in place.
    pub update: u32,
    /// Objects destroyed and made anew, in either order.
    pub replace: u32,
    /// Objects destroyed.
    pub delete: u32,
}

impl Summary {
    /// Whether anything is lost if it goes wrong.
    #[must_use]
    pub fn is_destructive(&self) -> bool {
        self.replace + self.delete > 0
    }

    /// Changes of any kind.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.create + self.update + self.replace + self.delete
    }
}

impl Plan {
    /// Counts the changes by kind; data sources do not count.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut sum = Summary::default();
        for resource in self.resource_changes.iter().filter(|r| r.mode != "data") {
            let does = |action| resource.change.actions.iter().any(|a| a == action);
            match (does("create"), does("delete"), does("update")) {
                (true, true, _) => sum.replace += 1,
                (true, false, _) => sum.create += 1,
                (false, true, _) => sum.delete += 1,
                (false, false, true) => sum.update += 1,
                (false, false, false) => {}
            }
        }
        sum
    }
}
