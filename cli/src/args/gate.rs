//! Votes and delegations.

use clap::{Args, Subcommand};
use jiff::Timestamp;

#[derive(Debug, Args)]
pub(crate) struct Vote {
    /// Id of the change
    pub change: String,
    /// Content hash that you were shown; without it, that of the current revision, which is printed
    #[arg(long)]
    pub hash: Option<String>,
    /// Why
    #[arg(long, default_value = "")]
    pub comment: String,
    /// Name of the environment, where the change deletes or replaces something; asked for at a terminal
    #[arg(long, value_name = "ENVIRONMENT")]
    pub confirm: Option<String>,
    /// Vote in the roles that this person has delegated to you
    #[arg(long = "for", value_name = "PERSON")]
    pub on_behalf_of: Option<String>,
    /// How well the proposal is made, from 1 (poor) to 5 (excellent)
    #[arg(long, requires = "relevance", requires = "completeness", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub quality: Option<u8>,
    /// How well it fits what was wanted, 1 to 5
    #[arg(long, requires = "quality", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub relevance: Option<u8>,
    /// How much of what is needed it covers, 1 to 5
    #[arg(long, requires = "quality", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub completeness: Option<u8>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Delegation {
    /// Delegate roles that you hold
    Create(Delegate),
    /// List what you delegated, and what was delegated to you
    List,
    /// End a delegation
    Revoke {
        /// Its id
        delegation: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Delegate {
    /// Who may vote in your stead
    #[arg(long, value_name = "PERSON")]
    pub to: String,
    /// Role to delegate
    #[arg(long, required = true)]
    pub role: Vec<String>,
    /// Only for this environment
    #[arg(long)]
    pub environment: Vec<String>,
    /// When it ends, such as 2026-12-01T08:00:00Z
    #[arg(long, conflicts_with = "days", required_unless_present = "days")]
    pub until: Option<Timestamp>,
    /// Days until it ends
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=headgate_domain::approval::MAX_DELEGATION_DAYS))]
    pub days: Option<i64>,
    /// Why; it goes into the record
    #[arg(long)]
    pub reason: String,
}
