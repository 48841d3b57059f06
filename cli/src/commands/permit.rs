//! `headgate permit`.

use std::path::Path;

use headgate_domain::canonical::sha256_hex;

use super::apply::{PlanIdentity, as_process, ask, fetch, shown, spend};
use super::{plan_hash, read};
use crate::api::Api;
use crate::args::{Global, Permit};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Permit) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let (shown, said) = match args {
        Permit::Issue { change, plan, plan_file } => {
            let plan = identity(&plan, &plan_file)?;
            let permit = ask(&api, &shown(&api, &change)?.change, &plan)?;
            let until = output::time(permit.issued.value.expires_at);
            let said = format!("permit {} allows one apply until {until}", permit.id());
            (permit.issued.json, said)
        }
        Permit::Credentials { change, permit } => {
            output::json(&as_process(&fetch(&api, &change, &permit)?));
            return Ok(());
        }
        Permit::Use { change, permit, token, account, plan, plan_file } => {
            let token = String::from_utf8_lossy(&read(&token)?).trim().to_owned();
            let plan = identity(&plan, &plan_file)?;
            let used = spend(&api, &change, (&permit, &token), &plan, &account)?;
            let rest = match &used.value.credentials {
                // They are in the JSON, too, but not in a terminal's history.
                Some(_) => format!(
                    "; get its credentials with `headgate permit credentials {change} {permit}`"
                ),
                None => String::new(),
            };
            (
                used.json,
                format!("used permit {permit}; the environment is locked, so apply now{rest}"),
            )
        }
    };
    if global.json {
        output::json(&shown);
    } else {
        output::line(said);
    }
    Ok(())
}

fn identity(plan: &Path, file: &Path) -> Result<PlanIdentity, Failure> {
    let file_sha256 = Some(sha256_hex(&read(file)?));
    Ok(PlanIdentity { hash: plan_hash(plan)?, file_sha256 })
}
