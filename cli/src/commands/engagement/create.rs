//! `headgate engagement create`.

use headgate_api_types::engagements::{EngageRequest, Engagement};

use super::Caller;
use crate::args::Create;
use crate::commands::read;
use crate::fail::Failure;
use crate::{input, output};

pub(super) fn run(caller: &Caller<'_>, args: Create) -> Result<(), Failure> {
    let scope = match &args.scope {
        Some(path) => input::json(path, &read(path)?)?,
        None => headgate_domain::engagement::Scope::default(),
    };
    let has_phases = args.kind.is_some();
    let request = EngageRequest {
        engagement_id: args.engagement,
        kind: args.kind,
        goal: args.goal,
        acceptance_criteria: args.criterion,
        environment: args.environment,
        members: args.member.into_iter().map(|(role, who)| (role, who.into())).collect(),
        scope,
    };
    let made = caller.api.post::<Engagement>("/v1/engagements", &request)?;
    if caller.global.json {
        output::json(&made.json);
        return Ok(());
    }
    let id = &made.value.engagement_id;
    output::line(format!(
        "created; to propose a change for it, run `headgate change submit CHANGE --engagement {id} …`"
    ));
    if has_phases {
        output::line(format!("its first phase has begun; see `headgate engagement show {id}`"));
    }
    Ok(())
}
