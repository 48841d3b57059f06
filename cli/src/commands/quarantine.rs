//! `headgate quarantine`.

use super::change::list_of;
use crate::api::Api;
use crate::args::{Global, Quarantine};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Quarantine) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Quarantine::List => {
            let found = api.get("/v1/quarantine?limit=100")?;
            if global.json {
                output::json(&found);
                return Ok(());
            }
            let keys = [
                "quarantine_id",
                "quarantined_at",
                "consumer",
                "event_type",
                "error_type",
                "reason",
            ];
            let rows = list_of(&found, "/entries", &keys);
            output::table(&["id", "when", "consumer", "event", "error", "reason"], rows);
        }
        Quarantine::Show { id } => output::json(&api.get(&format!("/v1/quarantine/{id}"))?),
    }
    Ok(())
}
