//! A plan as people read it: what happens to each resource, attribute by attribute.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Action, Change, Plan, ResourceChange};
use crate::text::harmless;

/// Longest text of a value, in bytes. Longer ones are cut, and end with `…`.
const MAX_VALUE: usize = 2_000;
/// Most attributes of a resource that are shown, and most bytes of their texts. The rest is counted.
const MAX_ATTRIBUTES: usize = 500;
const MAX_BYTES: usize = 256 * 1024;
/// Bytes that are shown before the first difference of two long texts.
const LEAD: usize = 200;

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
    /// The resources and outputs that an apply of this plan changes: those that it destroys first, then by address. Also what
    /// differs although the plan says that nothing is done.
    #[must_use]
    pub fn changed(&self) -> Vec<Cow<'_, ResourceChange>> {
        let differs = |r: &&ResourceChange| r.has_effect() || r.change.before != r.change.after;
        let mut all: Vec<_> =
            self.resource_changes.iter().filter(differs).map(Cow::Borrowed).collect();
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
            // An output without actions differs or not; one that is no change at all is shown as it is.
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
        let differs = |r: &ResourceChange| r.has_effect() || r.change.before != r.change.after;
        all.map(output).filter(differs).collect()
    }

    /// What else people should know of the plan, a sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let mut add = |count: usize, text: &str| {
            if count > 0 {
                notes.push(format!("{count} {text}"));
            }
        };
        let failed = |c: &&Value| !matches!(c["status"].as_str(), Some("pass" | "unknown"));
        add(self.action_invocations.len(), "actions of providers are invoked by the apply");
        add(self.deferred_changes.len(), "changes are deferred to a later plan");
        add(
            self.resource_drift.len(),
            "resources were changed outside Terraform since the last apply",
        );
        add(self.checks.iter().filter(failed).count(), "checks did not pass");
        notes
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
            // The plan says that nothing is done.
            _ if self.change.before != self.change.after => Effect::Update,
            _ => Effect::Move,
        }
    }

    /// The change as people read it.
    #[must_use]
    pub fn shown(&self) -> ShownResource {
        let (effect, change) = (self.effect(), &self.change);
        // Plans say what is sensitive, also if nothing is. If one does not say it, everything may be.
        let mask = |name: &str| change.rest.get(name).unwrap_or(&TRUE);
        let mut leaves =
            Leaves { all: Vec::new(), further: 0, bytes: 0, every: effect != Effect::Update };
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

/// The leaves of the trees of values before and after.
struct Leaves {
    all: Vec<ShownAttribute>,
    further: u32,
    /// Bytes of the texts so far.
    bytes: usize,
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
static TRUE: Value = Value::Bool(true);

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
        let shown = self.count();
        if !covered && is_tree(before, after) && self.deeper(path, before, after, masks) {
            // A difference that no member shows is shown here, so that nothing is hidden.
            if before == after || self.count() > shown {
                return;
            }
        }
        let later = is_set_within(unknown);
        // Compared before anything is cut or hidden.
        if !self.every && !later && before == after {
            return;
        }
        if before.is_none() && after.is_none() && !later {
            return;
        }
        if self.all.len() >= MAX_ATTRIBUTES || self.bytes >= MAX_BYTES {
            self.further += 1;
            return;
        }
        // If a part of either value is sensitive, none of it is shown.
        let secret = is_set_within(was_sensitive) || is_set_within(is_sensitive);
        let (was, is) = texts(before.filter(|_| !secret), after.filter(|_| !secret && !later));
        let known = |value: Option<&Value>, text: String| match value {
            None => ShownValue::Absent,
            Some(_) if secret => ShownValue::Sensitive,
            Some(_) => ShownValue::Known { text },
        };
        let path = if path.is_empty() { ".".to_owned() } else { cut(path) };
        self.bytes += path.len() + was.len() + is.len();
        let after = match later {
            true if secret => ShownValue::Sensitive,
            true => ShownValue::Unknown,
            false => known(after, is),
        };
        let before = known(before, was);
        self.all.push(ShownAttribute { path, before, after, forces_replacement: false });
    }

    fn count(&self) -> usize {
        self.all.len() + usize::try_from(self.further).unwrap_or(usize::MAX)
    }

    /// Walks the members of objects and lists. Returns whether there are any.
    fn deeper(
        &mut self,
        path: &mut String,
        before: Option<&Value>,
        after: Option<&Value>,
        masks: Masks<'_>,
    ) -> bool {
        let mut names: Vec<Step> = [before, after].into_iter().flatten().flat_map(steps).collect();
        // Values that are not known yet are only in the mask.
        let later = |step: &Step| step.of(masks.unknown).is_some_and(is_set_within);
        names.extend(steps(masks.unknown).into_iter().filter(later));
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

/// Whether the values are walked member by member: both are objects or both are lists, as far as there are any.
fn is_tree(before: Option<&Value>, after: Option<&Value>) -> bool {
    let all = || [before, after].into_iter().flatten();
    all().all(Value::is_object) || all().all(Value::is_array)
}

/// The texts of two values. Of long ones, the part around their first difference.
fn texts(before: Option<&Value>, after: Option<&Value>) -> (String, String) {
    let raw = |value: Option<&Value>| match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let (before, after) = (raw(before), raw(after));
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let long = before.len().max(after.len()) > MAX_VALUE;
    let start = if long && before != after { same.saturating_sub(LEAD) } else { 0 };
    let part = |text: &str| {
        let from = text.floor_char_boundary(start.min(text.len()));
        let lead = if from > 0 { "…" } else { "" };
        format!("{lead}{}", cut(&text[from..]))
    };
    (part(&before), part(&after))
}

/// Harmless, and not longer than a value may be.
fn cut(text: &str) -> String {
    let start = &text[..text.floor_char_boundary(MAX_VALUE)];
    let mut shown = harmless(start);
    let whole = shown.len() <= MAX_VALUE && start.len() == text.len();
    shown.truncate(shown.floor_char_boundary(MAX_VALUE));
    if !whole {
        shown.push('…');
    }
    shown
}
