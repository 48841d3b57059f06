//! `headgate environments`.

use headgate_api_types::environments::Environments;
use headgate_domain::environment::Environment;

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, Cell};

pub(super) fn list(config: &Config, global: &Global) -> Result<(), Failure> {
    let found = Api::connect(config, global)?.get::<Environments>("/v1/environments")?;
    if global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.environments.iter().map(row).collect();
    output::table(&["environment", "account", "region", "gate", "applies"], rows);
    Ok(())
}

fn row(environment: &Environment) -> Vec<Cell> {
    let gate = &environment.gate;
    let gate = match gate.quorum {
        0 => "the review alone".to_owned(),
        quorum => format!("{quorum} of {}", gate.roles.join(", ")),
    };
    let rules = match environment.gate_rules.len() {
        0 => String::new(),
        rules => format!("; {rules} rules ask for more"),
    };
    let applies = match (environment.windows.len(), environment.freezes.len()) {
        (0, 0) => "always".to_owned(),
        (windows, freezes) => format!("{windows} windows, {freezes} freezes"),
    };
    vec![
        environment.name.clone().into(),
        environment.account.clone().into(),
        environment.region.clone().into(),
        format!("{gate}{rules}").into(),
        applies.into(),
    ]
}
