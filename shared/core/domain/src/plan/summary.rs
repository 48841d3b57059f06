//! A plan as four counts, in total and by resource type.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Plan};

/// How many managed resources a plan creates, updates, replaces and deletes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// New objects.
    pub create: u32,
    /// Objects changed in place.
    pub update: u32,
    /// Objects destroyed and created again, in either order.
    pub replace: u32,
    /// Objects destroyed.
    pub delete: u32,
}

impl Summary {
    /// Whether the plan replaces or deletes anything.
    #[must_use]
    pub fn is_destructive(&self) -> bool {
        self.replace + self.delete > 0
    }

    /// Number of changes of any kind.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.create + self.update + self.replace + self.delete
    }
}

impl Plan {
    /// Counts the changes by kind, without data sources.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.summary_by_type().values().fold(Summary::default(), |a, b| Summary {
            create: a.create + b.create,
            update: a.update + b.update,
            replace: a.replace + b.replace,
            delete: a.delete + b.delete,
        })
    }

    /// Counts the changes by kind for each resource type.
    #[must_use]
    pub fn summary_by_type(&self) -> BTreeMap<String, Summary> {
        let mut types: BTreeMap<String, Summary> = BTreeMap::new();
        for resource in self.resource_changes.iter().filter(|r| r.mode != "data") {
            let does = |action| resource.does(action);
            let counts = match (does(Action::Create), does(Action::Delete), does(Action::Update)) {
                (true, true, _) => |s: &mut Summary| s.replace += 1,
                (true, false, _) => |s: &mut Summary| s.create += 1,
                (false, true, _) => |s: &mut Summary| s.delete += 1,
                (false, false, true) => |s: &mut Summary| s.update += 1,
                (false, false, false) => continue,
            };
            counts(types.entry(resource.kind.clone()).or_default());
        }
        types
    }
}
