//! A plan as people read it: what happens to each resource, attribute by attribute.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::leaves::{Leaves, Masks, ShownAttribute, TRUE, begins, cut, paths};
use super::{Action, Change, Plan, ResourceChange};

/// What an apply does to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Creates it.
    Create,
    /// Changes it in place.
    Update,
    /// Destroys it and creates it again, in either order.
    Replace,
    /// Destroys it.
    Delete,
    /// Takes an object that exists under management.
    Import,
    /// Renames it in the state.
    Move,
    /// Removes it from the state. The object remains, unmanaged.
    Forget,
    /// Reads it, during the apply.
    Read,
}

/// A resource that a plan changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShownResource {
    /// Full address.
    pub address: String,
    /// Address before a move; absent if it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_address: Option<String>,
    /// Key of the deposed object, if the change is about one: a remainder of an earlier replacement, not the object in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposed: Option<String>,
    /// Id of the object that is imported, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<String>,
    /// What happens to it.
    pub effect: Effect,
    /// Attributes that change, by path. All attributes if it is created, deleted or replaced.
    pub attributes: Vec<ShownAttribute>,
    /// Number of further attributes. Ask for them with the number of those that you have seen.
    #[serde(default)]
    pub further: u32,
}

impl Plan {
    /// The resources and outputs that an apply of this plan changes: those that it destroys first, then by address. Also what
    /// differs although the plan says that nothing is done.
    #[must_use]
    pub fn changed(&self) -> Vec<Cow<'_, ResourceChange>> {
        let listed = self.resource_changes.iter().filter(|r| r.differs());
        let mut all: Vec<_> = listed.map(Cow::Borrowed).collect();
        all.extend(self.outputs().into_iter().map(Cow::Owned));
        let destroys = |r: &ResourceChange| {
            matches!(r.effect(), Effect::Delete | Effect::Replace | Effect::Forget)
        };
        all.sort_by_key(|r| !destroys(r));
        all
    }

    /// Changed outputs, as if they were resources.
    fn outputs(&self) -> Vec<ResourceChange> {
        let all = self.output_changes.as_object().into_iter().flatten();
        let output = |(name, change): (&String, &Value)| {
            // An output that cannot be read as a change is listed, but its value is not shown.
            let change = Change::deserialize(change).unwrap_or_else(|_| Change {
                actions: Vec::new(),
                before: Value::Null,
                after: change.clone(),
                after_unknown: Value::Null,
                replace_paths: Value::Null,
                importing: Value::Null,
                rest: serde_json::Map::new(),
            });
            ResourceChange {
                address: format!("output.{name}"),
                previous_address: None,
                mode: String::new(),
                kind: "output".to_owned(),
                name: name.clone(),
                provider_name: String::new(),
                deposed: None,
                action_reason: None,
                change,
                rest: serde_json::Map::new(),
            }
        };
        all.map(output).filter(ResourceChange::differs).collect()
    }

    /// What else people should know of the plan, a line each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let mut add = |text: &str, count: usize| {
            if count > 0 {
                notes.push(format!("{text}: {count}"));
            }
        };
        let failed = |c: &&Value| !matches!(c["status"].as_str(), Some("pass" | "unknown"));
        add("provider actions that the apply invokes", self.action_invocations.len());
        add("changes that are deferred to a later plan", self.deferred_changes.len());
        add(
            "resources that changed outside Terraform since the last apply",
            self.resource_drift.len(),
        );
        add("checks that did not pass", self.checks.iter().filter(failed).count());
        notes
    }
}

impl ResourceChange {
    /// Whether it has an effect, or differs although the plan says that nothing is done.
    fn differs(&self) -> bool {
        self.has_effect() || self.change.before != self.change.after
    }

    fn effect(&self) -> Effect {
        let does = |action| self.does(action);
        match (does(Action::Create), does(Action::Delete)) {
            (true, true) => Effect::Replace,
            (true, false) if does(Action::Forget) => Effect::Replace,
            (true, false) => Effect::Create,
            (false, true) => Effect::Delete,
            _ if does(Action::Forget) => Effect::Forget,
            _ if does(Action::Update) => Effect::Update,
            _ if !self.change.importing.is_null() => Effect::Import,
            _ if does(Action::Read) || does(Action::Open) => Effect::Read,
            // The plan says that nothing is done.
            _ if self.change.before != self.change.after => Effect::Update,
            _ => Effect::Move,
        }
    }

    /// The change as people read it, without the first `seen` attributes.
    #[must_use]
    pub fn shown(&self, seen: u32) -> ShownResource {
        let (effect, change) = (self.effect(), &self.change);
        // Plans say what is sensitive, also if nothing is. If one does not say it, everything may be.
        let mask = |name: &str| change.rest.get(name).unwrap_or(&TRUE);
        let mut leaves = Leaves {
            all: Vec::new(),
            seen,
            passed: 0,
            further: 0,
            bytes: 0,
            every: effect != Effect::Update,
        };
        let masks = Masks {
            unknown: &change.after_unknown,
            was_sensitive: mask("before_sensitive"),
            is_sensitive: mask("after_sensitive"),
        };
        let before = Some(&change.before).filter(|v| !v.is_null());
        let after = Some(&change.after).filter(|v| !v.is_null());
        leaves.walk(&mut String::new(), before, after, masks);
        let forcing = paths(&change.replace_paths);
        for attribute in &mut leaves.all {
            attribute.forces_replacement = forcing.iter().any(|path| begins(&attribute.path, path));
        }
        let moved = self.previous_address.clone().filter(|p| *p != self.address);
        ShownResource {
            address: cut(&self.address),
            previous_address: moved.as_deref().map(cut),
            deposed: self.deposed.as_deref().map(cut),
            imported: change.importing.get("id").and_then(Value::as_str).map(cut),
            effect,
            attributes: leaves.all,
            further: leaves.further,
        }
    }
}
