//! Arguments of `timeline`, `log` and `verify`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use headgate_events::EngagementId;

#[derive(Debug, Subcommand)]
pub(crate) enum Timeline {
    /// Print the timeline
    Show {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Verify every hash of the timeline, and compare it with the transparency log
    ///
    /// The log is read from its bucket, or from a copy, never from the API. Without a log, only the timeline's own chain of hashes is checked,
    /// which anybody who can write the ledger can compute again.
    Verify {
        /// Id of the engagement
        engagement: EngagementId,
        #[command(flatten)]
        log: LogArgs,
        /// Timeline that `headgate timeline export` wrote, instead of the API's
        #[arg(long, value_name = "FILE")]
        entries: Option<PathBuf>,
    },
    /// Print the timeline as one JSON object a line (NDJSON)
    Export {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Get the proof that an entry is in the transparency log, which `headgate verify` checks offline
    Receipt {
        /// Id of the engagement
        engagement: EngagementId,
        /// Number of the entry, from `headgate timeline show`
        entry: u64,
        /// File to write; by default, the receipt is printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Create the key of the transparency log, unless it exists, and print the public key (needs AWS credentials for the secret)
    Init {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
        /// Name of the log, such as `headgate.example.com/prod`; it is part of every checkpoint and cannot be changed
        #[arg(long)]
        name: String,
    },
    /// Show the public key and the newest checkpoint, as the API has them
    Show,
    /// Read the whole log and say what is wrong with it
    Audit {
        #[command(flatten)]
        log: LogArgs,
    },
}

/// Where the log is, and what is known of it.
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// The log: s3://BUCKET (with your own AWS credentials), or a folder with a copy of the bucket [default: `log` in the configuration file]
    #[arg(long, env = "HEADGATE_LOG_PLACE", value_name = "PLACE")]
    pub log: Option<String>,
    #[command(flatten)]
    pub key: KeyArg,
    /// A checkpoint or a receipt that you have from before; repeatable. Without one, a log that was written again from its beginning passes
    #[arg(long, value_name = "FILE")]
    pub known: Vec<PathBuf>,
    /// Leaf of a restore from a backup that you know of; repeatable. Without it, entries that a restore took away are a finding
    #[arg(long, value_name = "LEAF")]
    pub accept_restored: Vec<u64>,
    /// File to keep the newest checkpoint in, as --known of the next time
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct KeyArg {
    /// Public key of the log, or a file with it [default: `log_key` in the configuration file]
    #[arg(long, env = "HEADGATE_LOG_KEY", value_name = "KEY")]
    pub key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// File with a receipt
    pub receipt: PathBuf,
    #[command(flatten)]
    pub key: KeyArg,
}
