//! `/v1/quarantine`: messages that could not be processed.

use headgate_domain::quarantine::{Entry, Group, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A page of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Groups {
    /// The groups, newest first.
    pub groups: Vec<Counted>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// A group and its message counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// The group.
    pub group: Group,
    /// Number of open messages, at most 1,000.
    pub open: u64,
    /// Number of processed and discarded messages, at most 1,000.
    pub closed: u64,
}

/// A group with a page of its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The group and its message counts.
    #[serde(flatten)]
    pub counted: Counted,
    /// The messages, oldest first.
    pub messages: Vec<Entry>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// Redrives or discards a group. Without `execute`, nothing changes, and the response says what would happen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The reason, for the record. Required with `execute`. Only the first 500 characters are stored.
    #[serde(default)]
    pub reason: String,
    /// Whether to execute the action instead of a dry run.
    #[serde(default)]
    pub execute: bool,
    /// Redrive even if the build that failed is still deployed.
    #[serde(default)]
    pub force: bool,
}

/// Answer to a redrive: the run, or what a run would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Redrive {
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// What a run would do. Only for a dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub would: Option<Preview>,
    /// The run that has started. Not for a dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Preview {
    /// Fingerprint of the group.
    pub fingerprint: String,
    /// The consumer that would receive the messages.
    pub consumer: String,
    /// The build that failed, if it is known.
    pub failed_build: Option<String>,
    /// The deployed build of the consumer.
    pub deployed_build: String,
    /// Number of messages that would be sent, among those counted.
    pub to_send: usize,
    /// Number of messages that have already been redriven too often, among those counted.
    pub capped: usize,
    /// Whether the group has more messages than were counted.
    pub more: bool,
    /// Quarantine id of the message that would be sent first, alone.
    pub canary: String,
    /// Number of messages in each step, if no message fails. The first step is the canary.
    pub steps: Vec<usize>,
}

/// Answer to a discard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Discard {
    /// Whether this was a dry run.
    pub dry_run: bool,
    /// The message counts.
    pub result: Discarded,
}

/// Counts of discarded and remaining messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Discarded {
    /// Number of messages that were discarded by this request, at most 50.
    pub discarded: u64,
    /// Number of open messages that remain, at most 1,000. Send the request again until it is zero.
    pub left: u64,
}
