//! `headgate permit`.

use serde_json::json;

use super::{plan_hash, read};
use crate::api::Api;
use crate::args::{Global, Permit};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

pub(super) fn run(config: &Config, global: &Global, args: Permit) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Permit::Issue { change, plan } => {
            let plan_hash = plan_hash(&plan)?;
            let shown = api.get(&format!("/v1/changes/{change}"))?;
            let body = json!({
                "revision": shown["change"]["revision"],
                "content_hash": shown["change"]["content_hash"],
                "plan_hash": plan_hash,
            });
            let issued = api.post(&format!("/v1/changes/{change}/permits"), &body)?;
            if global.json {
                output::json(&issued);
            } else {
                output::line(format!(
                    "permit {} is good for one apply until {}",
                    text(&issued, "/permit_id"),
                    text(&issued, "/expires_at")
                ));
            }
        }
        Permit::Use { change, permit, token, account, plan } => {
            let token = String::from_utf8_lossy(&read(&token)?).trim().to_owned();
            let hash = plan_hash(&plan)?;
            let body = json!({ "permit": token, "account": account, "plan_hash": hash });
            let used = api.post(&format!("/v1/changes/{change}/permits/{permit}/use"), &body)?;
            if global.json {
                output::json(&used);
            } else {
                output::line(format!("permit {permit} is used; apply now"));
            }
        }
    }
    Ok(())
}
