//! One resource change.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What happens to one resource.
///
/// Fields that this build does not know are kept in `rest`. They count in the hash, so that nothing that a
/// newer tool adds can slip past an approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResourceChange {
    /// Full address, such as `module.queue.aws_sqs_queue.this["a"]`.
    pub address: String,
    /// Where the object was before a `moved` block or a rename.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_address: Option<String>,
    /// `managed` or `data`.
    #[serde(default)]
    pub mode: String,
    /// Resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the block.
    #[serde(default)]
    pub name: String,
    /// Provider address.
    #[serde(default)]
    pub provider_name: String,
    /// Key of the deposed object, if the change is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposed: Option<String>,
    /// Why the tool chose the action. It has no effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_reason: Option<String>,
    /// The change itself.
    pub change: Change,
    /// All other fields of the change.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// The values before and after, and the actions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Actions, in order. A pair is a replacement.
    pub actions: Vec<Action>,
    /// Values before; null if the object is new.
    #[serde(default)]
    pub before: Value,
    /// Values after, as far as they are known; null if it is deleted.
    #[serde(default)]
    pub after: Value,
    /// Same shape as `after`; `true` where the value is known only after the apply.
    #[serde(default)]
    pub after_unknown: Value,
    /// Attribute paths that force a replacement.
    #[serde(default)]
    pub replace_paths: Value,
    /// Set if the object is imported.
    #[serde(default)]
    pub importing: Value,
    /// All other fields: masks of sensitive values, identities, generated configuration.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A step of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing is done.
    NoOp,
    /// A data source is read during the apply.
    Read,
    /// A new object.
    Create,
    /// Changed in place.
    Update,
    /// Destroyed.
    Delete,
    /// Removed from the state; the object remains, unmanaged.
    Forget,
    /// An ephemeral resource is opened.
    Open,
}

impl Action {
    /// Its name in the JSON of a plan.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoOp => "no-op",
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Forget => "forget",
            Self::Open => "open",
        }
    }
}

impl ResourceChange {
    /// Whether the change does `action`, alone or as a part of a replacement.
    #[must_use]
    pub fn does(&self, action: Action) -> bool {
        self.change.actions.contains(&action)
    }

    /// Whether the change has an effect in the account or in the state.
    #[must_use]
    pub fn has_effect(&self) -> bool {
        self.change.actions.iter().any(|a| *a != Action::NoOp)
            || !self.change.importing.is_null()
            || self.previous_address.as_ref().is_some_and(|p| *p != self.address)
    }

    /// The address without instance keys, as the configuration names the block.
    #[must_use]
    pub fn block(&self) -> String {
        without_keys(&self.address)
    }
}

/// The block of an instance's address: the address without instance keys.
#[must_use]
pub fn block_of(address: &str) -> String {
    without_keys(address)
}

/// An address or reference without `[…]`. A key may contain any character, even a quoted `]`.
pub(super) fn without_keys(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted && depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_keys;

    #[test]
    fn instance_keys_are_cut_whatever_they_hold() {
        for (address, block) in [
            ("aws_sqs_queue.a", "aws_sqs_queue.a"),
            ("module.m[\"x.y\"].aws_sqs_queue.a[0]", "module.m.aws_sqs_queue.a"),
            ("aws_sqs_queue.a[\"b]\\\"[c\"].arn", "aws_sqs_queue.a.arn"),
        ] {
            assert_eq!(without_keys(address), block);
        }
    }
}
