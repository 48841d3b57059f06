//! Arguments of `engagement` and `interrupt`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use headgate_events::EngagementId;
use headgate_events::latest::LedgerSection;

use super::Page;
use super::vote::Ballot;

#[derive(Debug, Subcommand)]
pub(crate) enum Engagement {
    /// Create an engagement; you become its owner. Changes can be proposed for it from then on
    Create(Create),
    /// List engagements, newest first: all, or those that you have a part in
    List(Page),
    /// Show an engagement, where it is, and what it waits for
    Show {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Print what was agreed, as Markdown (plan.md)
    Plan {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Print where an engagement is, as Markdown (status.md)
    Status {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Print what each phase has taken: attempts, time, tokens, turns, handoffs, questions
    Figures {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// List what the phases have handed in, or download what the current attempt has
    Deliverables {
        /// Id of the engagement
        engagement: EngagementId,
        /// Folder to download the deliverables of the current attempt to
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
    /// Report the result of an attempt at a phase: what was made, or why it failed
    Report(Report),
    /// Report the tokens, turns and handoffs of an attempt so far
    Usage {
        #[command(flatten)]
        at: At,
        /// JSON file with totals since the attempt began: `agents` by role (`tokens`, `turns`, `longest_turn_seconds`) and `handoffs`
        file: PathBuf,
    },
    /// Vote for the result of the current phase
    Approve(PhaseVote),
    /// Vote against the result of the current phase
    Reject(PhaseVote),
    /// Send the result of the current phase back; the comment says what is missing
    Revise(PhaseVote),
    /// Withdraw your vote on the result of the current phase
    Withdraw {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Let an engagement go on that has failed (its owner, or role operator)
    Resume(WayOn),
    /// End the current phase without a result (role operator)
    Skip(WayOn),
    /// End an engagement (its owner, or role operator)
    Cancel(WayOn),
    /// Print the task ledger: facts, assumptions, decisions, blockers, deliverables
    Ledger {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Write an entry of the task ledger (the agent with the role pm, the owner, or role operator)
    Note(Note),
    /// Write a message to everybody in an engagement
    Message {
        /// Id of the engagement
        engagement: EngagementId,
        /// The message
        text: String,
        /// Id of the message; sending it again with the same id is the same message [default: a new one]
        #[arg(long)]
        id: Option<String>,
    },
    /// Print the messages of an engagement
    Messages {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Print a template of a deliverable
    Template {
        /// Name of the template; without it, the names are listed
        name: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// Id of the engagement: 1 to 64 characters from a-z, 0-9 and -; begins with a letter or digit
    pub engagement: EngagementId,
    /// Goal of the work, in a sentence
    #[arg(long, required_unless_present = "document")]
    pub goal: Option<String>,
    /// Statement of work: plain text (.txt), Markdown (.md), PDF or DOCX. Its sections are read by their titles, such as `Objectives`,
    /// `Deliverables`, `Acceptance criteria`, and fill in what no other option says. What was read is printed, and nothing is created
    /// without --as-read
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Create the engagement as the document was read
    #[arg(long, requires = "document")]
    pub as_read: bool,
    /// Criterion that shows that the work is done; repeatable
    #[arg(long, value_name = "TEXT")]
    pub criterion: Vec<String>,
    /// Name of the environment in which the work happens
    #[arg(long)]
    pub environment: String,
    /// Type of the engagement, which says what phases it has [default: change-only, which has none]
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// The agent that has a role of the type; repeatable
    #[arg(long, value_name = "ROLE=AGENT", value_parser = pair)]
    pub member: Vec<(String, String)>,
    /// Person or agent who may also read the engagement and its changes; repeatable
    #[arg(long, value_name = "PRINCIPAL")]
    pub reader: Vec<String>,
    /// JSON file with what else was agreed: objectives, requirements, constraints, assumptions, deliverables, timeline, repositories,
    /// stakeholders, `exit_criteria`, `wont_do`; each a list of texts
    #[arg(long, value_name = "FILE")]
    pub scope: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once('=').ok_or("write it as ROLE=AGENT")?;
    Ok((left.to_owned(), right.to_owned()))
}

/// The phase and the attempt that an agent works on.
#[derive(Debug, Args)]
pub(crate) struct At {
    /// Id of the engagement
    pub engagement: EngagementId,
    /// Id of the phase
    pub phase: String,
    /// Number of the attempt, as in `phase.started`, or as the question says
    #[arg(long)]
    pub attempt: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    pub at: At,
    /// What was done, in a few sentences
    #[arg(long, value_name = "TEXT", required_unless_present = "failed")]
    pub summary: Option<String>,
    /// A file that was made, which is uploaded; TEMPLATE if it follows one; repeatable
    #[arg(long, value_name = "NAME[:TEMPLATE]=FILE", value_parser = made)]
    pub deliverable: Vec<Made>,
    /// JSON file with a list of results of acceptance criteria: `id`, `state` (`met`, `not_met`, `unverified`), `evidence` (names of
    /// deliverables), `note`
    #[arg(long, value_name = "FILE")]
    pub criteria: Option<PathBuf>,
    /// Report that the attempt failed, and why
    #[arg(long, value_name = "REASON", conflicts_with_all = ["summary", "deliverable", "criteria"])]
    pub failed: Option<String>,
}

/// A file that was made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub name: String,
    pub template: Option<String>,
    pub file: PathBuf,
}

fn made(text: &str) -> Result<Made, String> {
    let (what, file) = text.split_once('=').ok_or("write it as NAME[:TEMPLATE]=FILE")?;
    let (name, template) = match what.split_once(':') {
        Some((name, template)) => (name, Some(template.to_owned())),
        None => (what, None),
    };
    Ok(Made { name: name.to_owned(), template, file: file.into() })
}

#[derive(Debug, Args)]
pub(crate) struct PhaseVote {
    /// Id of the engagement
    pub engagement: EngagementId,
    #[command(flatten)]
    pub ballot: Ballot,
}

#[derive(Debug, Args)]
pub(crate) struct WayOn {
    /// Id of the engagement
    pub engagement: EngagementId,
    /// Why, in a sentence; it is on the timeline
    #[arg(long)]
    pub reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Note {
    /// Id of the engagement
    pub engagement: EngagementId,
    /// Section of the entry: facts, assumptions, decisions, blockers or deliverables
    #[arg(value_parser = section)]
    pub section: LedgerSection,
    /// Name of the entry: 1 to 64 characters from a-z, 0-9 and -
    pub name: String,
    /// What it says
    pub text: String,
    /// What it holds for, for example an environment [default: the whole engagement]
    #[arg(long)]
    pub scope: Option<String>,
    /// It is done with, for example a blocker that is gone
    #[arg(long)]
    pub closed: bool,
    /// Version of the entry that you have read; 0 for a new entry
    #[arg(long, default_value_t = 0)]
    pub follows: u64,
}

fn section(name: &str) -> Result<LedgerSection, String> {
    let parsed = serde_json::from_value(name.into());
    parsed.map_err(|_| "use facts, assumptions, decisions, blockers or deliverables".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Survey {
    /// Say how an engagement went, once, after its end (its owner)
    Answer {
        /// Id of the engagement
        engagement: EngagementId,
        /// How well the result meets the goal, 1 (poor) to 5 (excellent)
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        result: u8,
        /// How well the work was explained, 1 to 5
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        communication: u8,
        /// How much of your time it took: 1 (far too much) to 5 (little)
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=5))]
        effort: u8,
        /// You would do it again in this way
        #[arg(long)]
        again: bool,
        /// What else you say
        #[arg(long, default_value = "")]
        comment: String,
    },
    /// Show what the owner said
    Show {
        /// Id of the engagement
        engagement: EngagementId,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Interrupt {
    /// Ask people a question; the deadline of the work waits for the answer
    Ask {
        #[command(flatten)]
        at: At,
        /// Id of the question: 1 to 64 characters from a-z, 0-9 and -
        interrupt: String,
        /// The question
        question: String,
        /// An answer to choose from; repeatable
        #[arg(long, value_name = "TEXT")]
        option: Vec<String>,
    },
    /// List the questions of the current attempt
    List {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Answer a question (the owner of the engagement, or role operator)
    Answer {
        #[command(flatten)]
        at: At,
        /// Id of the question
        interrupt: String,
        /// The answer
        answer: String,
    },
}
