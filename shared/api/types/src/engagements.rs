//! `/v1/engagements`: engagements, the work of their phases, their timelines and their figures.

use std::collections::BTreeMap;

use headgate_domain::approval::Approval;
use headgate_domain::engagement::Scope;
use headgate_domain::figures::{Phase, Summary};
use headgate_domain::timeline::{Entry, Head};
pub use headgate_engagements::journal::Entry as LedgerEntry;
use headgate_engagements::{Course, PhaseReview, Report, Status, Usage};
use headgate_events::latest::LedgerSection;
use headgate_events::{Artifact, EngagementId, PrincipalId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_domain::engagement::Engagement;
pub use headgate_engagements::HandedIn;
pub use headgate_engagements::journal::{Message, Survey};

/// Starts an engagement. The caller becomes its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngageRequest {
    /// Id of the engagement: 1 to 64 characters of a-z, 0-9 and -.
    pub engagement_id: EngagementId,
    /// Name of its type, which says what phases it has; `change-only` if it is absent.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Goal of the work.
    pub goal: String,
    /// Criteria that show that the work is done. In results, they are `ac-1`, `ac-2` and so on.
    #[serde(default)]
    pub acceptance_criteria: Vec<String>,
    /// Environment in which the work happens.
    pub environment: String,
    /// The registered agent, or the owner, that has each role of the type's phases.
    #[serde(default)]
    pub members: BTreeMap<String, PrincipalId>,
    /// Who else may read the engagement and its changes, as the token issuer calls them. Owner and members may anyway.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<PrincipalId>,
    /// What else was agreed.
    #[serde(default)]
    pub scope: Scope,
    /// The statement of work that all this was read from: an upload of the caller. It is kept with its digest, and not read by the fleet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Artifact>,
}

/// An engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The engagement.
    pub engagement: Engagement,
    /// Where it is; absent if its type has no phases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// The review of the current attempt, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<PhaseReview>,
    /// The request for a decision on the current attempt, once there is one. A vote names its content hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

/// An engagement in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Name of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Goal of the work.
    pub goal: String,
    /// Person who owns it.
    pub owner: PrincipalId,
    /// Environment in which the work happens.
    pub environment: String,
    /// What it waits for; `null` if its type has no phases.
    pub status: Option<Status>,
    /// Id of the current phase.
    pub phase: Option<String>,
    /// Number of the attempt at the current phase.
    pub attempt: Option<u32>,
    /// When it was created.
    pub created_at: Timestamp,
}

impl Listed {
    /// An engagement, and where it is if it has phases.
    #[must_use]
    pub fn of(engagement: Engagement, course: Option<&Course>) -> Self {
        let Engagement { engagement_id, kind, goal, owner, environment, created_at, .. } =
            engagement;
        Self {
            engagement_id,
            kind,
            goal,
            owner,
            environment,
            status: course.map(|c| c.status),
            phase: course.map(|c| c.phase_id().to_owned()),
            attempt: course.map(|c| c.attempt),
            created_at,
        }
    }
}

/// A page of engagements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Engagements {
    /// The engagements, newest first.
    pub engagements: Vec<Listed>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// Reports the result of an attempt at a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Number of the attempt, as in `phase.started`.
    #[schemars(range(min = 1))]
    pub attempt: u32,
    /// The result.
    pub report: Report,
}

/// Reports the work of an attempt so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsageRequest {
    /// Number of the attempt.
    #[schemars(range(min = 1))]
    pub attempt: u32,
    /// Totals since the attempt began.
    pub usage: Usage,
}

/// Asks people a question. The deadline of the attempt waits for the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterruptRequest {
    /// Number of the attempt.
    #[schemars(range(min = 1))]
    pub attempt: u32,
    /// Id of the question: 1 to 64 characters of a-z, 0-9 and -. Asking again with the same id is the same question.
    pub interrupt_id: String,
    /// The question.
    pub question: String,
    /// Answers to choose from.
    #[serde(default)]
    pub options: Vec<String>,
}

/// Answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// Id of the phase in which it was asked.
    pub phase: String,
    /// Number of the attempt in which it was asked.
    #[schemars(range(min = 1))]
    pub attempt: u32,
    /// The answer.
    pub answer: String,
}

/// Resumes a failed phase, or skips a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WayOnRequest {
    /// Number of the current attempt.
    #[schemars(range(min = 1))]
    pub attempt: u32,
    /// Why, in a sentence. It is on the timeline.
    pub reason: String,
}

/// Cancels an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRequest {
    /// Why, in a sentence. It is on the timeline.
    pub reason: String,
}

/// Writes the next version of an entry of the task ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteRequest {
    /// Section of the entry.
    pub section: LedgerSection,
    /// Name of the entry: 1 to 64 characters of a-z, 0-9 and -.
    pub name: String,
    /// What the entry says.
    pub text: String,
    /// What the entry holds for, for example an environment.
    #[serde(default)]
    pub scope: Option<String>,
    /// Whether it is done with.
    #[serde(default)]
    pub closed: bool,
    /// Version of the entry that this one follows; 0 for a new entry. If somebody else was faster, the request is refused.
    #[serde(default)]
    pub follows: u64,
}

/// Writes a message to everybody in the engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageRequest {
    /// Id of the message: 1 to 64 characters of a-z, 0-9 and -. Sending it again with the same id is the same message.
    pub message_id: String,
    /// The message.
    pub text: String,
}

/// The task ledger of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskLedger {
    /// The newest version of each entry, by section and name.
    pub entries: Vec<LedgerEntry>,
}

/// The messages of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Messages {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
}

/// Results of the phases of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deliverables {
    /// Results that were handed in, by phase and attempt.
    pub results: Vec<HandedIn>,
    /// Whether there may be more: ask again with phase and attempt of the last result.
    pub more: bool,
}

/// Where to download a deliverable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deliverable {
    /// The artifact. Check the digest of what you download.
    pub artifact: Artifact,
    /// Presigned URL.
    pub url: String,
    /// Seconds that the URL is valid.
    pub expires_in_seconds: u64,
}

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// The entries, oldest first. Each contains the hash of the one before it.
    pub entries: Vec<Entry>,
    /// Number and hash of the newest entry.
    pub head: Head,
    /// The `after` of the next page; `null` on the last page.
    pub next_after: Option<u64>,
}

/// Figures of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Metrics {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Counts of events and outcomes.
    pub summary: Summary,
    /// Durations of the phases (`review`, `decision`, `execution`) that have ended at least once.
    pub phases: BTreeMap<String, Phase>,
}
