//! Dependencies.

use headgate_ledger::Ledger;
use headgate_log::Signer;
use headgate_log_store::LogBucket;
use headgate_runtime::Clock;

/// What a run needs.
#[derive(Debug, Clone)]
pub struct Log {
    /// The ledger, with the timelines.
    pub ledger: Ledger,
    /// Name of the ledger's table. After a restore it is another one.
    pub ledger_table: String,
    /// The log's own table: its state, and where each entry is.
    pub table: Ledger,
    /// The log's bucket.
    pub bucket: LogBucket,
    /// The log's key.
    pub signer: Signer,
    /// The clock; tests set a fixed time.
    pub clock: Clock,
}
