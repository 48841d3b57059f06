//! Bugs that apply or approve something else than people saw.

use super::list::Mutant;

const CLI: &str = "headgate";
const DOMAIN: &str = "headgate-domain";
const GATE: &str = "headgate-approval-gate";
const PERMITS: &str = "headgate-permits";
const PLAN_FILE: &str = "headgate-plan-file";
const QUERY: &str = "headgate-query-api";
const REVIEW: &str = "headgate-review";

const CARRY: &str = "shared/core/domain/src/approval/carry.rs";
const SAMENESS: &str = "shared/core/review/src/sameness.rs";
const WHOLE: &str = "shared/core/domain/src/plan/whole_hash.rs";

/// All bugs.
pub const BINDING: [Mutant; 21] = [
    Mutant {
        name: "binding: the plan hash leaves out checks",
        file: WHOLE,
        find: "const LEFT_OUT: [&str; 1] = [\"timestamp\"];",
        replace: "const LEFT_OUT: [&str; 2] = [\"timestamp\", \"checks\"];",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: two lists have the same bytes",
        file: WHOLE,
        find: "    hasher.update((encoding.len() as u64).to_be_bytes());\n",
        replace: "",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: a member may occur twice in a plan",
        file: WHOLE,
        find: "pair[0].0 == pair[1].0)",
        replace: "pair[0] == pair[1])",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: a list of files leads out of the folder",
        file: "shared/core/domain/src/files.rs",
        find: "!matches!(part, \"\" | \".\" | \"..\")",
        replace: "!matches!(part, \"\" | \".\")",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: no plan file is as good as the approved one",
        file: "functions/permits/src/checks.rs",
        find: "Some(_) if bound != given =>",
        replace: "Some(_) if given.is_some() && bound != given =>",
        package: PERMITS,
    },
    Mutant {
        name: "binding: a permit does not name the local files",
        file: "functions/permits/src/api/issue.rs",
        find: "files_sha256: file_list(&proposed.dossier).map(sha256),",
        replace: "files_sha256: file_list(&proposed.dossier).map(sha256).filter(String::is_empty),",
        package: PERMITS,
    },
    Mutant {
        name: "binding: a local file of the same length is as good",
        file: "cli/src/folder/private.rs",
        find: "if (&sha256, bytes) == (&file.sha256, file.bytes) =>",
        replace: "if sha256.len() == file.sha256.len() && bytes == file.bytes =>",
        package: CLI,
    },
    Mutant {
        name: "binding: the last of two backends counts",
        file: "shared/core/plan-file/src/wire.rs",
        find: "if self.kept.insert(field.number) {",
        replace: "if self.kept.insert(field.number) || field.form == form {",
        package: PLAN_FILE,
    },
    Mutant {
        name: "binding: a plan file may have two entries of one name",
        file: "shared/core/plan-file/src/directory.rs",
        find: "if !names.insert(entry.name) {",
        replace: "if !names.insert(entry.name) && names.len() > 999 {",
        package: PLAN_FILE,
    },
    Mutant {
        name: "binding: what is no list of files is handed out",
        file: "functions/query-api/src/files.rs",
        find: "FileList::parse(&bytes).map_err(|error| unreadable(&error))?;",
        replace: "drop(FileList::parse(&bytes));",
        package: QUERY,
    },
    Mutant {
        name: "binding: a name in an extra field counts",
        file: "shared/core/plan-file/src/directory.rs",
        find: "        [] | [0x55, 0x54, 5, 0, 1, _, _, _, _] => Ok(()),",
        replace: "        [] | [0x55, 0x54, ..] | [0x75, ..] => Ok(()),",
        package: PLAN_FILE,
    },
    Mutant {
        name: "binding: what comes after a limit is ignored",
        file: "shared/core/plan-file/src/archive.rs",
        find: "            .checked_sub(read as u64)\n            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, \"it is too large\"))?;",
        replace: "            .saturating_sub(read as u64);\n        let read = if self.left == 0 { 0 } else { read };",
        package: PLAN_FILE,
    },
    Mutant {
        name: "binding: an edited copy of the state is the same state",
        file: "shared/core/plan-file/src/state.rs",
        find: "Some(other) => id.is_null() || other.is_null() || *other == id,",
        replace: "Some(other) => id.is_null() || other.is_null() || !other.is_null(),",
        package: PLAN_FILE,
    },
    Mutant {
        name: "binding: programs of the folder may be listed",
        file: "shared/core/domain/src/files.rs",
        find: "part == \"terraform.d\" || ",
        replace: "",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: a vote stands for another effect",
        file: SAMENESS,
        find: "(\"effect\", effect),",
        replace: "(\"effect\", effect || !a.effect_hash.is_empty()),",
        package: REVIEW,
    },
    Mutant {
        name: "binding: a vote stands for another configuration",
        file: SAMENESS,
        find: "a.config_sha256 == b.config_sha256)",
        replace: "a.config_sha256.is_some() == b.config_sha256.is_some())",
        package: REVIEW,
    },
    Mutant {
        name: "binding: a vote stands for other local files",
        file: SAMENESS,
        find: "sha256_of_files(&p.dossier) == sha256_of_files(&q.dossier)",
        replace: "sha256_of_files(&p.dossier).is_some() == sha256_of_files(&q.dossier).is_some()",
        package: REVIEW,
    },
    Mutant {
        name: "binding: a vote stands under another gate",
        file: CARRY,
        find: "self.gate != before.gate",
        replace: "self.gate.quorum < before.gate.quorum",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: a vote with a comment stands",
        file: CARRY,
        find: "!vote.comment.trim().is_empty()",
        replace: "vote.comment.len() > 1_000",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: a vote stands for ever",
        file: CARRY,
        find: "now.duration_since(vote.at) >= wait",
        replace: "now.duration_since(vote.at) > wait + wait",
        package: DOMAIN,
    },
    Mutant {
        name: "binding: the vote of somebody who joined the change stands",
        file: CARRY,
        find: "any(|barred| barred.is(&vote.principal))",
        replace: "all(|barred| barred.is(&vote.principal))",
        package: GATE,
    },
];
