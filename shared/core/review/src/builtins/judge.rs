//! What the tables say about a resource: the built-in function `judge(resource, block, class)` of policies.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use regorus::Value;

use super::places::{self, Place};
use super::shapes::{empty, member};

/// The rows of all tables, by resource type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows(pub(crate) Arc<BTreeMap<String, Vec<Row>>>);

/// A row, ready to judge.
#[derive(Debug)]
pub(crate) struct Row {
    /// The row as policies see it.
    pub(crate) document: Value,
    pub(crate) path: Vec<Value>,
    pub(crate) must: Arc<Must>,
    pub(crate) absent: Absent,
    /// Paths that lead to one of these values in each resource that the row is about.
    pub(crate) when: Vec<(Vec<Value>, Vec<Value>)>,
    /// Classes of environments that the row is for; empty means all.
    pub(crate) classes: Vec<String>,
}

/// A condition on a value.
#[derive(Debug)]
pub(crate) enum Must {
    Be(Vec<Value>),
    NotBe(Vec<Value>),
    Exist,
    AtLeast(Value),
    Match(Regex),
    NotMatch(Regex),
}

/// What a missing value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    Passes,
    Fails,
    /// Fails if the block around it exists.
    FailsInBlock,
}

/// A list of `{row, place, fault}`, one for each value that a row of the resource's type does not accept. `fault` is `wrong`, `missing`, or
/// `hidden` for a value that the configuration gives and that nobody sees before the apply. `block` is the resource's block of the
/// configuration, or null.
pub(crate) fn judge(rows: &Rows, arguments: &[Value]) -> Value {
    let [resource, block, Value::String(class)] = arguments else {
        return Value::Undefined;
    };
    let Some(Value::String(kind)) = member(resource, "type") else { return Value::Undefined };
    let Some(change) = member(resource, "change") else { return Value::Undefined };
    let written = Written(member(block, "constants"));
    let mut faults = Vec::new();
    let rows = rows.0.get(kind.as_ref()).into_iter().flatten();
    for row in rows.filter(|row| row.is_for(class) && row.is_about(change, &written)) {
        for place in places::all(change, &row.path) {
            for fault in row.faults(&place, &written) {
                faults.push(places::object([
                    ("fault", Value::from(fault)),
                    ("place", place.clone().into_value()),
                    ("row", row.document.clone()),
                ]));
            }
        }
    }
    Value::from(faults)
}

impl Row {
    fn is_for(&self, class: &str) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|known| known == class)
    }

    /// Whether all conditions of the row hold. A value that is only known after the apply may be any that the condition lists,
    /// but the configuration gives it, so it is not null.
    fn is_about(&self, change: &Value, written: &Written<'_>) -> bool {
        self.when.iter().all(|(path, be)| {
            places::all(change, path).iter().any(|place| {
                if written.later(place, path) {
                    be.iter().any(|value| *value != Value::Null)
                } else {
                    be.contains(&place.value)
                }
            })
        })
    }

    fn faults(&self, place: &Place, written: &Written<'_>) -> impl Iterator<Item = &'static str> {
        let missing = empty(&place.value);
        let later = written.later(place, &self.path);
        let fault = match (missing, later) {
            (false, _) if !self.must.accepts(&place.value) => Some("wrong"),
            (true, false) if self.absent.fails(place) => Some("missing"),
            _ => None,
        };
        let hidden = (later && !matches!(*self.must, Must::Exist)).then_some("hidden");
        fault.into_iter().chain(hidden)
    }
}

impl Absent {
    fn fails(self, place: &Place) -> bool {
        match self {
            Self::Passes => false,
            Self::Fails => true,
            Self::FailsInBlock => place.block,
        }
    }
}

impl Must {
    fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Be(values), value) => values.contains(value),
            (Self::NotBe(values), value) => !values.contains(value),
            (Self::Exist, _) => true,
            (Self::AtLeast(least), value @ Value::Number(_)) => value >= least,
            (Self::Match(pattern), Value::String(text)) => pattern.is_match(text),
            (Self::NotMatch(pattern), Value::String(text)) => !pattern.is_match(text),
            _ => false,
        }
    }
}

/// What the configuration writes into a block: the constants of its arguments, with null for what is not constant.
struct Written<'a>(Option<&'a Value>);

impl Written<'_> {
    /// Whether the configuration gives a value that is only known after the apply.
    fn later(&self, place: &Place, path: &[Value]) -> bool {
        // Plans leave dynamic blocks out of the configuration, but not out of the resource.
        let dynamic = || {
            let around = path.split_last().map(|(_, around)| around).unwrap_or_default();
            place.block && !around.is_empty() && !self.any(around, &|_, rest| rest.is_empty())
        };
        place.is_unknown() && (self.gives(path) || dynamic())
    }

    /// Whether the configuration gives the attribute. The provider fills in attributes that it does not give.
    fn gives(&self, path: &[Value]) -> bool {
        self.any(path, &|value, _| *value == Value::Null)
    }

    /// Whether some value on the way along a path is `right`, which gets the value and what is left of the path.
    fn any(&self, path: &[Value], right: &dyn Fn(&Value, &[Value]) -> bool) -> bool {
        let Some((argument, rest)) = path.split_first() else { return false };
        let Some(Value::Object(constants)) = self.0 else { return false };
        constants.get(argument).is_some_and(|value| along(value, rest, right))
    }
}

/// See [`Written::any`]. Lists on the way are searched whole.
fn along(value: &Value, path: &[Value], right: &dyn Fn(&Value, &[Value]) -> bool) -> bool {
    if right(value, path) {
        return true;
    }
    match (value, path.split_first()) {
        (Value::Array(items), _) => items.iter().any(|item| along(item, path, right)),
        (Value::Object(members), Some((name, rest))) => {
            members.get(name).is_some_and(|member| along(member, rest, right))
        }
        _ => false,
    }
}
