//! Why a run ended early, or what it found.

use std::collections::BTreeSet;

use headgate_events::EngagementId;
use headgate_ledger::LedgerError;
use headgate_log_store::BucketError;
use lambda_runtime::Diagnostic;

/// Why a run ended early, or what it found.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A timeline does not follow from what was logged of it. All others are logged.
    #[error(
        "history was rewritten: {} does not follow from what was logged; compare with `headgate timeline verify --log`",
        names(.0)
    )]
    Rewritten(BTreeSet<EngagementId>),
    /// This key has signed a longer log than the table knows, or another one.
    #[error(
        "the log's table knows {known} leaves, but its key signed a checkpoint with {signed}; the table is a backup or was changed, and nothing is signed; see docs/record.md"
    )]
    Older {
        /// Leaves of the checkpoint in the bucket.
        signed: u64,
        /// Leaves that the table knows.
        known: u64,
    },
    /// The bucket does not have what the root was computed from.
    #[error("the files of the first {0} leaves are missing or were changed; nothing is signed")]
    Edge(u64),
    /// The table has no batch that leads to its own state.
    #[error("the leaves from position {0} on are missing or were changed; nothing is signed")]
    Lost(u64),
    /// The secret has another key than the one that signed the log so far.
    #[error(
        "the secret has another key than {0}, which signed the log so far; nothing is signed; put that key back, or begin a new log: see docs/record.md"
    )]
    Key(String),
    /// A leaf is too long.
    #[error("a leaf is too long or is not text")]
    Leaf,
    /// Other runs kept replacing the checkpoint.
    #[error("other runs keep replacing the checkpoint; the next run tries again")]
    Busy,
    /// DynamoDB failed.
    #[error("the ledger or the log's table failed")]
    Ledger(#[from] LedgerError),
    /// S3 failed, or somebody else writes to the bucket.
    #[error("the log's bucket failed")]
    Bucket(#[from] BucketError),
}

fn names(all: &BTreeSet<EngagementId>) -> String {
    all.iter().map(EngagementId::as_str).collect::<Vec<_>>().join(", ")
}

impl From<LogError> for Diagnostic {
    fn from(error: LogError) -> Self {
        let error_type = match error {
            LogError::Rewritten(_) => "HistoryRewritten",
            LogError::Older { .. } => "LogTableOlder",
            LogError::Key(_) => "LogKeyChanged",
            LogError::Edge(_) | LogError::Lost(_) | LogError::Leaf => "LogBroken",
            LogError::Busy => "LogBusy",
            LogError::Ledger(_) => "LedgerFailed",
            LogError::Bucket(BucketError::Different(_)) => "LogForked",
            LogError::Bucket(_) => "LogBucketFailed",
        };
        let error_message = headgate_runtime::telemetry::chain(&error);
        Self { error_type: error_type.to_owned(), error_message }
    }
}
