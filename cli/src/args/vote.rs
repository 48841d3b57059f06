//! Arguments of votes and delegations.

use clap::{Args, Subcommand};
use headgate_events::{ChangeId, PrincipalId};
use jiff::Timestamp;

#[derive(Debug, Args)]
pub(crate) struct Vote {
    /// Id of the change
    pub change: ChangeId,
    #[command(flatten)]
    pub ballot: Ballot,
}

/// What a vote says, whatever it is about.
#[derive(Debug, Args)]
pub(crate) struct Ballot {
    /// Content hash that you were shown [default: the current one, if you looked at it; the command prints it]
    #[arg(long)]
    pub hash: Option<String>,
    /// Reason for the vote
    #[arg(long, default_value = "")]
    pub comment: String,
    /// Name of the environment; needed to approve if the gate requires it. On a terminal, the command asks for it
    #[arg(long, value_name = "ENVIRONMENT")]
    pub confirm: Option<String>,
    /// Vote on behalf of this person, who has delegated roles to you
    #[arg(long = "for", value_name = "PERSON")]
    pub on_behalf_of: Option<PrincipalId>,
    /// Quality of the proposal, 1 (poor) to 5 (excellent)
    #[arg(long, requires = "relevance", requires = "completeness", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub quality: Option<u8>,
    /// Relevance to the goal, 1 (poor) to 5 (excellent)
    #[arg(long, requires = "quality", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub relevance: Option<u8>,
    /// Completeness, 1 (poor) to 5 (excellent)
    #[arg(long, requires = "quality", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub completeness: Option<u8>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Delegation {
    /// Delegate roles that you hold
    Create(Delegate),
    /// List the delegations that you gave and received
    List,
    /// Revoke a delegation
    Revoke {
        /// Id of the delegation
        delegation: String,
    },
    /// Say that a person has lost roles, which ends what they delegated (role operator or identity)
    LostRoles {
        /// The person
        person: PrincipalId,
        /// A lost role; repeatable
        #[arg(long, required = true)]
        role: Vec<String>,
        /// Reason, for the record
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Delegate {
    /// Person who may vote on your behalf
    #[arg(long, value_name = "PERSON")]
    pub to: PrincipalId,
    /// Role to delegate; repeatable
    #[arg(long, required = true)]
    pub role: Vec<String>,
    /// Environment to limit the delegation to; repeatable [default: all environments]
    #[arg(long)]
    pub environment: Vec<String>,
    /// End of the delegation (RFC 3339), such as 2026-12-01T08:00:00Z; at most 30 days from now
    #[arg(long, conflicts_with = "days", required_unless_present = "days")]
    pub until: Option<Timestamp>,
    /// Length of the delegation in days, 1 to 30
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=headgate_domain::approval::MAX_DELEGATION_DAYS))]
    pub days: Option<i64>,
    /// Reason, for the record
    #[arg(long)]
    pub reason: String,
}
