//! One notification, for people and for programs.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// One notification: a subject and a text for people, a type and JSON members for programs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Notice {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) lines: Vec<String>,
    pub(super) data: Map<String, Value>,
}

impl Notice {
    pub(super) fn set(&mut self, member: &str, value: Value) {
        self.data.insert(member.to_owned(), value);
    }

    pub(super) fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// The body of a webhook, in the form that the Standard Webhooks specification recommends.
    pub(super) fn body(&self, at: Timestamp) -> String {
        json!({ "type": self.kind, "timestamp": at, "data": self.data }).to_string()
    }
}

/// The members of an object literal.
pub(super) fn members(literal: Value) -> Map<String, Value> {
    match literal {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

pub(super) fn minute(at: Timestamp) -> String {
    at.strftime("%F %T UTC").to_string()
}
