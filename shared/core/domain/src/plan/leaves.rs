//! Walks the values before and after a change side by side, and collects the attributes that people see.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::harmless;

/// Longest text of a value, in bytes. Longer ones are cut, and end with `…`.
/// The documents in which a difference could hide are shorter: policies have up to 20 KB, and scripts of instances 16 KB.
const MAX_VALUE: usize = 64 * 1024;
/// Most attributes of a resource that are shown at once, and most bytes of their texts. The rest is counted.
const MAX_ATTRIBUTES: usize = 500;
const MAX_BYTES: usize = 256 * 1024;
/// Bytes that are shown before the first difference of two long texts.
const LEAD: usize = 200;

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
    /// The attribute does not exist.
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

/// The leaves of the trees of values before and after.
pub(super) struct Leaves {
    pub(super) all: Vec<ShownAttribute>,
    /// Leaves that are left out at the beginning: somebody has seen them already.
    pub(super) seen: u32,
    /// Leaves so far, of those that are left out.
    pub(super) passed: u32,
    /// Leaves at the end that are too many.
    pub(super) further: u32,
    /// Bytes of the texts so far.
    pub(super) bytes: usize,
    /// Whether leaves that are equal count, too.
    pub(super) every: bool,
}

/// Masks with the shape of the values.
#[derive(Clone, Copy)]
pub(super) struct Masks<'a> {
    /// `true` where the value after is not known yet.
    pub(super) unknown: &'a Value,
    /// `true` where the value before is sensitive.
    pub(super) was_sensitive: &'a Value,
    /// `true` where the value after is sensitive.
    pub(super) is_sensitive: &'a Value,
}

static NULL: Value = Value::Null;
pub(super) static TRUE: Value = Value::Bool(true);

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
        Value::Null => false,
        // Nothing that Terraform writes. It may mean anything.
        Value::Number(_) | Value::String(_) => true,
    }
}

impl Leaves {
    pub(super) fn walk(
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
        if self.passed < self.seen {
            self.passed += 1;
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
        let others =
            usize::try_from(self.further.saturating_add(self.passed)).unwrap_or(usize::MAX);
        self.all.len().saturating_add(others)
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
pub(super) fn paths(value: &Value) -> Vec<String> {
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

pub(super) fn begins(path: &str, start: &str) -> bool {
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
pub(super) fn cut(text: &str) -> String {
    let start = &text[..text.floor_char_boundary(MAX_VALUE)];
    let mut shown = harmless(start);
    let whole = shown.len() <= MAX_VALUE && start.len() == text.len();
    shown.truncate(shown.floor_char_boundary(MAX_VALUE));
    if !whole {
        shown.push('…');
    }
    shown
}
