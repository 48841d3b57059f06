//! `headgate delegation`.

use headgate_api_types::delegations::{DelegationRequest, Delegations, LostRolesRequest};
use headgate_domain::approval::{Delegation as Made, LostRoles};
use jiff::{SignedDuration, Timestamp};

use crate::api::Api;
use crate::args::{Delegate, Delegation, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

const HEADER: [&str; 8] =
    ["delegation", "from", "to", "roles", "environments", "until", "revoked", "reason"];

pub(super) fn run(config: &Config, global: &Global, args: Delegation) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Delegation::Create(args) => {
            let made = api.create::<Made>("/v1/delegations", &request(args))?;
            if global.json {
                output::json(&made.json);
                return Ok(());
            }
            let Made { id, to, until, .. } = made.value;
            output::line(format!(
                "{to} may vote on your behalf until {}; to end it earlier, run `headgate delegation revoke {id}`",
                output::time(until)
            ));
        }
        Delegation::Revoke { delegation } => {
            let ended = api.post_empty::<Made>(&format!("/v1/delegations/{delegation}/revoke"))?;
            if global.json {
                output::json(&ended.json);
                return Ok(());
            }
            let Made { from, to, .. } = ended.value;
            output::line(format!("{to} may no longer vote on behalf of {from}"));
        }
        Delegation::LostRoles { person, role, reason } => {
            let body = LostRolesRequest { person, roles: role, reason };
            let lost = api.post::<LostRoles>("/v1/delegations/lost-roles", &body)?;
            if global.json {
                output::json(&lost.json);
                return Ok(());
            }
            let LostRolesRequest { person, roles, .. } = body;
            output::line(format!("what {person} delegated of {} has ended", roles.join(", ")));
        }
        Delegation::List => {
            let known = api.get::<Delegations>("/v1/delegations")?;
            if global.json {
                output::json(&known.json);
                return Ok(());
            }
            let Delegations { given, received } = known.value;
            output::table(&HEADER, given.into_iter().chain(received).map(row).collect());
        }
    }
    Ok(())
}

fn row(delegation: Made) -> Vec<String> {
    let Made { id, from, to, roles, environments, reason, until, revoked_at, .. } = delegation;
    let environments =
        if environments.is_empty() { "all".to_owned() } else { environments.join(", ") };
    let (until, revoked) = (output::time(until), output::time_if(revoked_at));
    vec![
        id,
        from.to_string(),
        to.to_string(),
        roles.join(", "),
        environments,
        until,
        revoked,
        reason,
    ]
}

fn request(args: Delegate) -> DelegationRequest {
    let Delegate { to, role, environment, until, days, reason } = args;
    let days = SignedDuration::from_hours(24 * days.unwrap_or_default());
    // One second less than the days, so that a fast clock here does not exceed the fleet's limit.
    let until = until.unwrap_or_else(|| Timestamp::now() + days - SignedDuration::from_secs(1));
    DelegationRequest { to, roles: role, environments: environment, until, reason }
}
