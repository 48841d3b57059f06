//! Bugs that let somebody rewrite the record, or have a second history signed.

use super::list::Mutant;

const FINALIZER: &str = "headgate-metrics-finalizer";
const LOG: &str = "headgate-log";
const WRITER: &str = "headgate-transparency-log";

const AUDIT: &str = "shared/core/log/src/audit.rs";
const BUCKET: &str = "shared/aws/log-store/src/bucket.rs";
const EDGE: &str = "shared/core/log/src/edge.rs";
const FINALIZE: &str = "functions/metrics-finalizer/src/finalize.rs";
const FOLLOW: &str = "functions/transparency-log/src/follow.rs";
const HASH: &str = "shared/core/log/src/hash.rs";
const NOTE: &str = "shared/core/log/src/note.rs";
const PUBLISH: &str = "functions/transparency-log/src/publish.rs";
const READ: &str = "functions/transparency-log/src/read.rs";
const RECEIPT: &str = "shared/core/log/src/receipt.rs";
const RUN: &str = "functions/transparency-log/src/run.rs";
const TIMELINE: &str = "shared/core/domain/src/timeline.rs";

/// All bugs.
pub const RECORD: [Mutant; 16] = [
    Mutant {
        name: "record: a leaf is hashed like a node",
        file: HASH,
        find: "chain_update([0])",
        replace: "chain_update([1])",
        package: LOG,
    },
    Mutant {
        name: "record: a signature is not looked at",
        file: NOTE,
        find: "            if !good {",
        replace: "            if !good && bytes.is_empty() {",
        package: LOG,
    },
    Mutant {
        name: "record: any signature will do",
        file: NOTE,
        find: "found.then_some(text)",
        replace: "(found || !text.is_empty()).then_some(text)",
        package: LOG,
    },
    Mutant {
        name: "record: a receipt is of any content",
        file: RECEIPT,
        find: "Ok(again) if again == *entry => Ok(()),",
        replace: "Ok(again) if again.seq == entry.seq => Ok(()),",
        package: LOG,
    },
    Mutant {
        name: "record: an old checkpoint is not compared",
        file: AUDIT,
        find: "c.size == size && c.root != self.tree.root()",
        replace: "c.size > size && c.root != self.tree.root()",
        package: LOG,
    },
    Mutant {
        name: "record: leaves are not compared with the checkpoint",
        file: AUDIT,
        find: "self.tree.size() != found || self.tree.root() != newest.root",
        replace: "self.tree.size() != found",
        package: LOG,
    },
    Mutant {
        name: "record: a restore may change anything",
        file: AUDIT,
        find: "now != Some(*hash)",
        replace: "now.is_none() && hash.is_empty()",
        package: LOG,
    },
    Mutant {
        name: "record: entries that are gone are not missed",
        file: AUDIT,
        find: "        if logged > found {",
        replace: "        if found > logged + 1_000_000 {",
        package: LOG,
    },
    Mutant {
        name: "record: the root is computed from any files",
        file: EDGE,
        find: "(found == *root && edge.levels.first() == Some(&leaves)).then_some(edge)",
        replace: "(edge.levels.first() == Some(&leaves)).then_some(edge)",
        package: LOG,
    },
    Mutant {
        name: "record: the sender is not part of the hash",
        file: TIMELINE,
        find: "event: &event, sender: sent }",
        replace: "event: &event, sender: None }",
        package: FINALIZER,
    },
    Mutant {
        name: "record: a timeline is not put on the list",
        file: FINALIZE,
        find: "    if *logs {",
        replace: "    if !*logs {",
        package: FINALIZER,
    },
    Mutant {
        name: "record: a rewritten timeline is logged",
        file: FOLLOW,
        find: "entry.seq == end.seq + 1 && entry.prev == end.hash",
        replace: "entry.seq == end.seq + 1",
        package: WRITER,
    },
    Mutant {
        name: "record: a timeline may begin again without a restore",
        file: READ,
        find: "Follows::Not if restored && known.table != log.ledger_table =>",
        replace: "Follows::Not if !known.table.is_empty() =>",
        package: WRITER,
    },
    Mutant {
        name: "record: another tree than the signed one is signed",
        file: PUBLISH,
        find: "        false => Err(LogError::Fork(before.size)),",
        replace: "        false => Ok(Some(Some(newest))),",
        package: WRITER,
    },
    Mutant {
        name: "record: another key signs",
        file: RUN,
        find: "if !state.key.is_empty() && state.key",
        replace: "if state.key.is_empty() && state.key",
        package: WRITER,
    },
    Mutant {
        name: "record: a tile of others is taken for ours",
        file: BUCKET,
        find: "Some(_) => Err(BucketError::Different(path)),",
        replace: "Some(_) => Ok(()),",
        package: WRITER,
    },
];
