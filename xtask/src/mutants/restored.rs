//! Bugs in what brings restored figures back into step with the timelines.

use super::list::Mutant;

const FINALIZER: &str = "headgate-metrics-finalizer";
const LEDGER: &str = "headgate-ledger";
const RESTORE: &str = "headgate-restore";

const END: &str = "functions/metrics-finalizer/src/end.rs";
const FIGURES: &str = "functions/metrics-finalizer/src/figures.rs";
const MARKER: &str = "shared/aws/ledger/src/marker.rs";
const RECOUNT: &str = "functions/metrics-finalizer/src/recount.rs";
const SCAN: &str = "shared/aws/ledger/src/scan.rs";
const TABLES: &str = "tools/restore/src/tables.rs";
const TRANSITION: &str = "shared/aws/ledger/src/transition.rs";

/// All bugs.
pub const RESTORED: [Mutant; 13] = [
    Mutant {
        name: "restore: a writer between two reads is taken for a restore",
        file: END,
        find: "if (end_now, summary_now) != (end.1, summary.1) {",
        replace: "if end_now.is_none() && summary_now.is_none() {",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: what another writer counted is counted again",
        file: FIGURES,
        find: "end::in_step(engagement, &summary, after.0)?;",
        replace: "",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: what waits since before a restore is unproven",
        file: MARKER,
        find: "let here = logical(&origin.table) == logical(&self.table);",
        replace: "let here = origin.table == self.table;",
        package: LEDGER,
    },
    Mutant {
        name: "restore: new facts are counted although others are missing",
        file: FIGURES,
        find: "end::check(finalizer, engagement, read).await?;",
        replace: "let _ = read;",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: the figures do not say how far they count",
        file: FIGURES,
        find: "summary.counted_to = after.0.head.seq + 1;",
        replace: "",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: figures that are ahead are taken for whole",
        file: END,
        find: "std::cmp::Ordering::Greater => Err(OutOfStep::Ahead { engagement, counted, recorded }),",
        replace: "std::cmp::Ordering::Greater => Ok(()),",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: figures of earlier builds are taken for missing",
        file: END,
        find: "if recorded > 0 && end.counted != Some(recorded) {",
        replace: "if false {",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: the second report of a permit counts as an apply",
        file: RECOUNT,
        find: "if progress.executed(e.data.revision) {",
        replace: "if false {",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: the report of anybody counts as an apply",
        file: RECOUNT,
        find: "sender == format!(\"agent.{}\", permit.issued_to)",
        replace: "sender.starts_with(\"agent.\")",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: counting writes to the ledger, too",
        file: TRANSITION,
        find: "self.puts.retain(|put| put.table.as_ref() == Some(&other.table));",
        replace: "let _ = other; self.puts.retain(|_| true);",
        package: LEDGER,
    },
    Mutant {
        name: "restore: what is left of a transaction is passed over",
        file: RECOUNT,
        find: "whole(finalizer, engagement, &end).await?;",
        replace: "",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: only the first part of the table is looked at",
        file: SCAN,
        find: "Ok((found, answer.last_evaluated_key.map(Position)))",
        replace: "Ok((found, None))",
        package: LEDGER,
    },
    Mutant {
        name: "restore: the figures are restored to the time of the ledger",
        file: TABLES,
        find: "at: wanted.at - EARLIER",
        replace: "at: wanted.at",
        package: RESTORE,
    },
];
