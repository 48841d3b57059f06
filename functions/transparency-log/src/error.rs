//! Why a run ended early, or what it found.

use headgate_ledger::LedgerError;
use headgate_log::CheckpointError;
use headgate_log_store::BucketError;
use lambda_runtime::Diagnostic;

use crate::found::Found;

/// Why a run ended early, or what it found.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Timelines that somebody must look at. All others are logged.
    #[error(
        "{0}; all other timelines are logged; compare with `headgate timeline verify --log`, see docs/record.md"
    )]
    Found(Found),
    /// There are more entries than one run can log.
    #[error("no time was left for all entries; {0} were logged")]
    Incomplete(u64),
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
    /// The bucket has no checkpoint, but one was published.
    #[error(
        "the bucket has no checkpoint, but one of {0} leaves was published; nothing is signed; see docs/record.md"
    )]
    Missing(u64),
    /// This key has signed something that the table's tree does not begin with.
    #[error(
        "this key signed a checkpoint with {0} leaves that the log does not begin with; the table was changed, and nothing is signed; see docs/record.md"
    )]
    Fork(u64),
    /// The newest checkpoint is not this log's.
    #[error("the bucket's checkpoint is not this log's; nothing is signed; see docs/record.md")]
    Foreign(#[from] CheckpointError),
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

impl From<LogError> for Diagnostic {
    fn from(error: LogError) -> Self {
        let error_type = match error {
            LogError::Found(_) => "HistoryRewritten",
            LogError::Incomplete(_) => "LogIncomplete",
            LogError::Older { .. } => "LogTableOlder",
            LogError::Missing(_) | LogError::Foreign(_) => "LogCheckpointGone",
            LogError::Fork(_) => "LogForked",
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
