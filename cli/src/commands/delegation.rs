//! `headgate delegation`.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::change::list_of;
use crate::api::Api;
use crate::args::{Delegate, Delegation, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

pub(super) fn run(config: &Config, global: &Global, args: Delegation) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let (shown, said) = match args {
        Delegation::Create(args) => {
            let made = api.post("/v1/delegations", &request(args))?;
            let said = format!(
                "{} may vote on your behalf until {}; to end it earlier, run `headgate delegation revoke {}`",
                text(&made, "/to"),
                output::time(&made, "/until"),
                text(&made, "/id")
            );
            (made, said)
        }
        Delegation::Revoke { delegation } => {
            let ended = api.post(&format!("/v1/delegations/{delegation}/revoke"), &json!({}))?;
            let said = format!(
                "{} may no longer vote on behalf of {}",
                text(&ended, "/to"),
                text(&ended, "/from")
            );
            (ended, said)
        }
        Delegation::List => {
            let known = api.get("/v1/delegations")?;
            if !global.json {
                let keys =
                    ["id", "from", "to", "roles", "environments", "until", "revoked_at", "reason"];
                let mut rows = list_of(&known, "/given", &keys);
                rows.extend(list_of(&known, "/received", &keys));
                output::table(
                    &[
                        "delegation",
                        "from",
                        "to",
                        "roles",
                        "environments",
                        "until",
                        "revoked",
                        "reason",
                    ],
                    rows,
                );
                return Ok(());
            }
            (known, String::new())
        }
    };
    if global.json {
        output::json(&shown);
    } else {
        output::line(said);
    }
    Ok(())
}

fn request(args: Delegate) -> serde_json::Value {
    let Delegate { to, role, environment, until, days, reason } = args;
    let days = SignedDuration::from_hours(24 * days.unwrap_or_default());
    // One second less than the days, so that a fast clock here does not exceed the fleet's limit.
    let until = until.unwrap_or_else(|| Timestamp::now() + days - SignedDuration::from_secs(1));
    json!({ "to": to, "roles": role, "environments": environment, "until": until, "reason": reason })
}
