//! A plan as people read it: what happens to each resource, attribute by attribute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Action, Plan, ResourceChange};
use crate::text::harmless;

/// Longest text of a value, in bytes. Longer ones are cut, and end with `…`.
const MAX_VALUE: usize = 2_000;
/// Most attributes of a resource that are shown. The rest is counted.
const MAX_ATTRIBUTES: usize = 500;

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
    /// What happens to it.
    pub effect: Effect,
    /// Attributes that change, by path. All attributes if it is created, deleted or replaced.
    pub attributes: Vec<ShownAttribute>,
    /// Number of further attributes, which are not shown.
    #[serde(default)]
    pub further: u32,
}

/// An attribute before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShownAttribute {
    /// Path within the resource, such as `versioning[0].enabled`.
    pub path: String,
    /// Value before.
    pub before: ShownValue,
    /// Value after.
    pub after: ShownValue,
    /// Whether the change of this attribute forces the replacement.
    #[serde(default)]
    pub forces_replacement: bool,
}

/// A value as it is shown. Text is made harmless and is cut if it is long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShownValue {
    /// There is none.
    Absent,
    /// JSON text of the value.
    Known {
        /// The value; a string without its quotes.
        text: String,
    },
    /// The provider or the configuration marks it as sensitive.
    Sensitive,
    /// It is known only after the apply.
    Unknown,
}

impl Plan {
    /// The resources that an apply of this plan changes, those that it destroys first, then by address.
    #[must_use]
    pub fn shown(&self) -> Vec<ShownResource> {
        let changed = self.resource_changes.iter().filter(|r| r.has_effect());
        let mut all: Vec<_> = changed.map(ResourceChange::shown).collect();
        all.sort_by_key(|r| !matches!(r.effect, Effect::Delete | Effect::Replace | Effect::Forget));
        all
    }
}

impl ResourceChange {
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
            _ => Effect::Move,
        }
    }

    fn shown(&self) -> ShownResource {
        let (effect, change) = (self.effect(), &self.change);
        let mask = |name: &str| change.rest.get(name).unwrap_or(&NULL);
        let mut leaves = Leaves { all: Vec::new(), further: 0, every: effect != Effect::Update };
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
            effect,
            attributes: leaves.all,
            further: leaves.further,
        }
    }
}

/// The leaves of the trees of values before and after.
struct Leaves {
    all: Vec<ShownAttribute>,
    further: u32,
    /// Whether leaves that are equal count, too.
    every: bool,
}

/// Masks with the shape of the values.
#[derive(Clone, Copy)]
struct Masks<'a> {
    /// `true` where the value after is not known yet.
    unknown: &'a Value,
    /// `true` where the value before is sensitive.
    was_sensitive: &'a Value,
    /// `true` where the value after is sensitive.
    is_sensitive: &'a Value,
}

static NULL: Value = Value::Null;

/// Whether a mask is set here, and so for everything below.
fn is_set(mask: &Value) -> bool {
    *mask == Value::Bool(true)
}

/// Whether a mask is set here or anywhere below.
fn is_set_within(mask: &Value) -> bool {
    match mask {
        Value::Bool(set) => *set,
        Value::Array(items) => items.iter().any(is_set_within),
        Value::Object(members) => members.values().any(is_set_within),
        _ => false,
    }
}

impl Leaves {
    fn walk(
        &mut self,
        path: &mut String,
        before: Option<&Value>,
        after: Option<&Value>,
        masks: Masks<'_>,
    ) {
        let Masks { unknown, was_sensitive, is_sensitive } = masks;
        let covered = [unknown, was_sensitive, is_sensitive].into_iter().any(is_set);
        if !covered && self.deeper(path, before, after, masks) {
            return;
        }
        let later = is_set_within(unknown);
        // Compared before anything is cut or hidden.
        if !self.every && !later && before == after {
            return;
        }
        let shown = |value: Option<&Value>, sensitive: bool| match value {
            None => ShownValue::Absent,
            Some(_) if sensitive => ShownValue::Sensitive,
            Some(value) => ShownValue::Known { text: text(value) },
        };
        let after = match after {
            _ if later && is_set(is_sensitive) => ShownValue::Sensitive,
            _ if later => ShownValue::Unknown,
            after => shown(after, is_set(is_sensitive)),
        };
        let before = shown(before, is_set(was_sensitive));
        if before == ShownValue::Absent && after == ShownValue::Absent {
            return;
        }
        if self.all.len() >= MAX_ATTRIBUTES {
            self.further += 1;
            return;
        }
        let path = cut(path);
        self.all.push(ShownAttribute { path, before, after, forces_replacement: false });
    }

    /// Walks the members of objects and lists. Returns whether there are any.
    fn deeper(
        &mut self,
        path: &mut String,
        before: Option<&Value>,
        after: Option<&Value>,
        masks: Masks<'_>,
    ) -> bool {
        let trees = [before, after, Some(masks.unknown)];
        let mut names: Vec<Step> = trees.into_iter().flatten().flat_map(steps).collect();
        names.sort();
        names.dedup();
        for step in &names {
            let length = path.len();
            step.push(path);
            let below = |mask| step.of(mask).unwrap_or(&NULL);
            let before = before.and_then(|v| step.of(v)).filter(|v| !v.is_null());
            let after = after.and_then(|v| step.of(v)).filter(|v| !v.is_null());
            let masks = Masks {
                unknown: below(masks.unknown),
                was_sensitive: below(masks.was_sensitive),
                is_sensitive: below(masks.is_sensitive),
            };
            self.walk(path, before, after, masks);
            path.truncate(length);
        }
        !names.is_empty()
    }
}

/// A step into a value.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Member(String),
    Element(usize),
}

impl Step {
    fn push(&self, path: &mut String) {
        match self {
            Self::Member(name) if path.is_empty() => path.push_str(name),
            Self::Member(name) => {
                path.push('.');
                path.push_str(name);
            }
            Self::Element(n) => path.push_str(&format!("[{n}]")),
        }
    }

    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match self {
            Self::Member(name) => value.get(name),
            Self::Element(n) => value.get(n),
        }
    }
}

fn steps(value: &Value) -> Vec<Step> {
    match value {
        Value::Object(members) => members.keys().cloned().map(Step::Member).collect(),
        Value::Array(items) => (0..items.len()).map(Step::Element).collect(),
        _ => Vec::new(),
    }
}

/// `replace_paths` in the notation of [`ShownAttribute::path`].
fn paths(value: &Value) -> Vec<String> {
    let path = |steps: &Vec<Value>| {
        let mut path = String::new();
        for step in steps {
            match step {
                Value::String(name) => Step::Member(name.clone()).push(&mut path),
                other => {
                    let n = other.as_u64().and_then(|n| usize::try_from(n).ok());
                    Step::Element(n.unwrap_or_default()).push(&mut path);
                }
            }
        }
        path
    };
    let all = value.as_array().into_iter().flatten();
    all.filter_map(Value::as_array).map(path).filter(|path| !path.is_empty()).collect()
}

fn begins(path: &str, start: &str) -> bool {
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    }
}

fn cut(text: &str) -> String {
    if text.len() <= MAX_VALUE {
        return harmless(text);
    }
    let start = &text[..text.floor_char_boundary(MAX_VALUE)];
    format!("{}…", harmless(start))
}
