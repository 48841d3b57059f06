//! Checks that the state is the one that the plan was made from.

use std::path::Path;
use std::process::Command;

use headgate_domain::state::PlannedState;
use headgate_plan_file::StateVersion;

use super::terraform_said;
use crate::fail::Failure;

/// Reads the state and compares it with the plan. Terraform does so, too, but only after the permit is used and the environment is
/// locked, and only if the command that applies is Terraform.
pub(super) fn check(program: &str, dir: &Path, planned: &PlannedState) -> Result<(), Failure> {
    let pulled = Command::new(program)
        .args(["state", "pull", "-no-color"])
        .current_dir(dir)
        .env_remove("HEADGATE_TOKEN")
        .output()
        .map_err(|e| Failure::Usage(format!("cannot start {program}: {e}")))?;
    if !pulled.status.success() {
        let said = terraform_said(&pulled.stderr);
        return Err(Failure::Usage(format!(
            "{program} cannot read the state: {said}; run `{program} init` where the change was planned"
        )));
    }
    let found = StateVersion::parse(&pulled.stdout).map_err(|error| {
        Failure::Usage(format!("{program} state pull did not print a state: {error}"))
    })?;
    let meant = StateVersion { lineage: planned.lineage.clone(), serial: planned.serial };
    if found == meant {
        return Ok(());
    }
    let why = if found.lineage == meant.lineage {
        "it has changed since; plan again and propose a new revision"
    } else {
        "it is another state; run this where the change was planned"
    };
    Err(Failure::Refused(format!(
        "the plan was made from {}, but the state here is {}: {why}. Nothing was applied",
        in_words(&meant),
        in_words(&found)
    )))
}

fn in_words(state: &StateVersion) -> String {
    if state.lineage.is_empty() {
        return "an empty state".to_owned();
    }
    format!("serial {} of the state {}", state.serial, state.lineage)
}
