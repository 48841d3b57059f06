//! What people and agents write down in an engagement, beside its phases: the task ledger, messages, and the answers of its owner afterwards.

use headgate_domain::ids;
use headgate_events::latest::{EngagementMessaged, EngagementNoted, EngagementSurveyed};
use headgate_events::{PrincipalId, Reason};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most entries of the task ledger of an engagement.
pub const MAX_ENTRIES: u32 = 200;
/// Most messages of an engagement.
pub const MAX_MESSAGES: u32 = 300;
/// Longest text, in bytes. A function answers with at most 6 MB, in which a character can take four.
const MAX_TEXT: usize = 2_000;
/// Longest scope, in bytes.
const MAX_SCOPE: usize = 100;

/// An entry of the task ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// What it says, and in which version.
    #[serde(flatten)]
    pub noted: EngagementNoted,
    /// Who wrote this version.
    pub author: PrincipalId,
    /// When.
    pub at: Timestamp,
}

impl headgate_events::Versioned for Entry {}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// What it says.
    #[serde(flatten)]
    pub messaged: EngagementMessaged,
    /// Who wrote it.
    pub author: PrincipalId,
    /// When.
    pub at: Timestamp,
}

impl headgate_events::Versioned for Message {}

/// What the owner says afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Survey {
    /// The answers.
    #[serde(flatten)]
    pub answers: EngagementSurveyed,
    /// Who gave them.
    pub author: PrincipalId,
    /// When.
    pub at: Timestamp,
}

impl headgate_events::Versioned for Survey {}

/// How much has been written, so that it has an end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Entries of the task ledger.
    pub entries: u32,
    /// Messages.
    pub messages: u32,
}

impl headgate_events::Versioned for Written {}

/// Checks an entry of the task ledger, as somebody sent it.
///
/// # Errors
/// The first problem.
pub fn check_entry(noted: &EngagementNoted) -> Result<(), Reason> {
    name("name", &noted.name)?;
    text(&noted.text)?;
    if noted.scope.as_ref().is_some_and(|scope| scope.trim().is_empty() || scope.len() > MAX_SCOPE)
    {
        let message = format!("`scope` must be 1 to {MAX_SCOPE} bytes long");
        return Err(Reason::new("scope_invalid", message));
    }
    Ok(())
}

/// Checks a message, as somebody sent it.
///
/// # Errors
/// The first problem.
pub fn check_message(messaged: &EngagementMessaged) -> Result<(), Reason> {
    name("message_id", &messaged.message_id)?;
    text(&messaged.text)
}

/// Checks the answers of a survey.
///
/// # Errors
/// The first problem.
pub fn check_survey(answers: &EngagementSurveyed) -> Result<(), Reason> {
    let EngagementSurveyed { result, communication, effort, comment, .. } = answers;
    if ![result, communication, effort].into_iter().all(|grade| (1..=5).contains(grade)) {
        let message = "`result`, `communication` and `effort` are from 1 to 5";
        return Err(Reason::new("grade_out_of_range", message));
    }
    if comment.len() > MAX_TEXT {
        return Err(too_long());
    }
    Ok(())
}

fn name(what: &str, id: &str) -> Result<(), Reason> {
    if ids::is_valid(id) {
        return Ok(());
    }
    let message = format!(
        "`{what}` must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit"
    );
    Err(Reason::new("id_invalid", message))
}

fn text(text: &str) -> Result<(), Reason> {
    let plain = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    if !plain || text.trim().is_empty() || text.len() > MAX_TEXT { Err(too_long()) } else { Ok(()) }
}

fn too_long() -> Reason {
    Reason::new(
        "text_invalid",
        format!("the text must be 1 to {MAX_TEXT} bytes long, without control characters"),
    )
}
