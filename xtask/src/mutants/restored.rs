//! Bugs in what brings restored figures back into step with the timelines.

use super::list::Mutant;

const FINALIZER: &str = "headgate-metrics-finalizer";
const LEDGER: &str = "headgate-ledger";
const RESTORE: &str = "headgate-restore";

const FIGURES: &str = "functions/metrics-finalizer/src/figures.rs";
const RECOUNT: &str = "functions/metrics-finalizer/src/recount.rs";
const SCAN: &str = "shared/aws/ledger/src/scan.rs";
const TABLES: &str = "tools/restore/src/tables.rs";
const TRANSITION: &str = "shared/aws/ledger/src/transition.rs";

/// All bugs.
pub const RESTORED: [Mutant; 10] = [
    Mutant {
        name: "restore: new facts are counted although others are missing",
        file: FIGURES,
        find: "in_step(engagement, &summary, seq - 1)?;",
        replace: "",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: the figures do not say how far they count",
        file: FIGURES,
        find: "summary.counted_to = seq;",
        replace: "",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: figures that are ahead are taken for whole",
        file: FIGURES,
        find: "std::cmp::Ordering::Greater => Err(OutOfStep::Ahead { engagement, counted, recorded }),",
        replace: "std::cmp::Ordering::Greater => Ok(()),",
        package: FINALIZER,
    },
    Mutant {
        name: "restore: figures of earlier builds are taken for missing",
        file: FIGURES,
        find: "if counted == 0 && !summary.facts.is_empty() {",
        replace: "if counted == u64::MAX {",
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
        package: FINALIZER,
    },
    Mutant {
        name: "restore: an entry that is missing is passed over",
        file: RECOUNT,
        find: "if entries.is_empty() {",
        replace: "if entries.is_empty() { return Ok(0); }\n        if false {",
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
