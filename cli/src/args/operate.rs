//! Arguments of `dlq`.

use clap::{Args, Subcommand};

use super::Page;

#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List groups of quarantined messages with the same fault, newest first
    List(Page),
    /// Show a group with its last redrive and its messages, or one message
    Show {
        /// Fingerprint of the group, or a unique prefix of it; or the id of a message
        group: String,
        /// Show processed and discarded messages instead of open ones
        #[arg(long)]
        closed: bool,
    },
    /// Redrive a group to its consumer: one canary, then growing batches. Dry run unless --execute is given
    Redrive(DlqAction),
    /// Discard the messages of a group permanently. Dry run unless --execute is given
    Discard(DlqAction),
}

#[derive(Debug, Args)]
pub(crate) struct DlqAction {
    /// Fingerprint of the group, or a unique prefix of it
    pub group: String,
    /// Execute the action instead of a dry run
    #[arg(long, requires = "reason")]
    pub execute: bool,
    /// Reason, for the record; required with --execute
    #[arg(long)]
    pub reason: Option<String>,
    /// Redrive only: even if the build that failed is still deployed
    #[arg(long)]
    pub force: bool,
    /// Redrive only: do not wait for its end
    #[arg(long)]
    pub no_wait: bool,
}
