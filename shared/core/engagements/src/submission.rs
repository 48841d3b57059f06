//! What agents report as the result of an attempt.

use headgate_events::{Actor, CriterionResult, Deliverable};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::refused::Refused;

/// Most deliverables of a result.
const MAX_DELIVERABLES: usize = 50;
/// Most acceptance criteria that a result speaks of.
const MAX_CRITERIA: usize = 100;
/// Longest summary or reason, in bytes.
const MAX_SUMMARY: usize = 4_000;
/// Longest other text, in bytes.
const MAX_TEXT: usize = 500;
/// Most bytes of all of it as JSON, in which a character can take six.
const MAX_ALL: usize = 100_000;

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "result", deny_unknown_fields)]
pub enum Report {
    /// The work is done.
    Done(Submission),
    /// It failed.
    Failed {
        /// Why, in a sentence.
        reason: String,
    },
}

/// What a phase has made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Submission {
    /// What was done, in a few sentences.
    pub summary: String,
    /// What was made.
    #[serde(default)]
    pub deliverables: Vec<Deliverable>,
    /// What is known of the acceptance criteria.
    #[serde(default)]
    pub criteria: Vec<CriterionResult>,
}

impl Report {
    /// Checks that the event and the item of the result fit into what AWS takes: 256 KB and 400 KB.
    ///
    /// # Errors
    /// [`Refused::TooLarge`] for the first part that is too large.
    pub(crate) fn check(&self) -> Result<(), Refused> {
        let within = |found: usize, most: usize, what: &'static str| {
            if found > most { Err(Refused::TooLarge { what, most }) } else { Ok(()) }
        };
        let Submission { summary, deliverables, criteria } = match self {
            Self::Failed { reason } => {
                return within(reason.len(), MAX_SUMMARY, "bytes in the reason");
            }
            Self::Done(submission) => submission,
        };
        within(summary.len(), MAX_SUMMARY, "bytes in the summary")?;
        within(deliverables.len(), MAX_DELIVERABLES, "deliverables")?;
        within(criteria.len(), MAX_CRITERIA, "criteria")?;
        let named = deliverables.iter().flat_map(|d| {
            let Deliverable { name, template, artifact } = d;
            let of = [name, &artifact.uri, &artifact.sha256, &artifact.media_type];
            of.into_iter().chain(template)
        });
        let said = criteria.iter().flat_map(|c| [&c.id, &c.note].into_iter().chain(&c.evidence));
        for text in named.chain(said) {
            within(text.len(), MAX_TEXT, "bytes in a name or a note")?;
            // They stand in lists that people read line by line.
            if text.chars().any(char::is_control) {
                return Err(Refused::Unprintable);
            }
        }
        let evidence = criteria.iter().map(|c| c.evidence.len()).max().unwrap_or_default();
        within(evidence, MAX_DELIVERABLES, "deliverables that show a criterion")?;
        let all = serde_json::to_vec(self).map_or(usize::MAX, |json| json.len());
        within(all, MAX_ALL, "bytes in the result")
    }
}

/// A result as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HandedIn {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt.
    pub attempt: u32,
    /// What was handed in.
    pub submission: Submission,
    /// Who handed it in. Only what they uploaded is handed out.
    pub by: Actor,
}

impl headgate_events::Versioned for HandedIn {}
