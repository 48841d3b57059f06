//! Checks that the state is the one that the plan was made from.

use std::path::Path;
use std::process::Command;

use headgate_plan_file::StateFile;

use super::terraform_said;
use crate::fail::Failure;

/// Reads the state and compares it with the one in the plan file. Terraform compares lineage and serial, too, but only after the permit is
/// used and the environment is locked; and it does not notice a plan that was made from an edited copy of the state.
pub(super) fn check(program: &str, dir: &Path, planned: &StateFile) -> Result<(), Failure> {
    let pulled = Command::new(program)
        .args(["state", "pull", "-no-color"])
        .current_dir(dir)
        .env_remove("HEADGATE_TOKEN")
        .env_remove("TF_DATA_DIR")
        .output()
        .map_err(|e| Failure::Usage(format!("cannot start {program}: {e}")))?;
    if !pulled.status.success() {
        let said = terraform_said(&pulled.stderr);
        return Err(Failure::Usage(format!(
            "{program} cannot read the state: {said}; run `{program} init` where the change was planned"
        )));
    }
    let found = StateFile::parse(&pulled.stdout).map_err(|error| {
        Failure::Usage(format!("{program} state pull did not print a state: {error}"))
    })?;
    let why = if found.lineage != planned.lineage {
        "it is another state; run this where the change was planned".to_owned()
    } else if found.serial != planned.serial {
        "it has changed since; plan again and propose a new revision".to_owned()
    } else if let Some(address) = found.differs(planned) {
        format!(
            "{address} is not the same in both, so the plan was made from an edited copy; tell an operator"
        )
    } else {
        return Ok(());
    };
    Err(Failure::Refused(format!(
        "the plan was made from {}, but the state here is {}: {why}. Nothing was applied",
        in_words(planned),
        in_words(&found)
    )))
}

fn in_words(state: &StateFile) -> String {
    if state.lineage.is_empty() {
        return "an empty state".to_owned();
    }
    format!("serial {} of the state {}", state.serial, state.lineage)
}
