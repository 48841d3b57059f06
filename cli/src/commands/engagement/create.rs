//! `headgate engagement create`.

use headgate_api_types::engagements::{EngageRequest, Engagement};
use headgate_domain::engagement::Scope;

use super::{Caller, statement};
use crate::args::Create;
use crate::commands::read;
use crate::commands::submit::upload;
use crate::fail::Failure;
use crate::{input, output};

pub(super) fn run(caller: &Caller<'_>, args: Create) -> Result<(), Failure> {
    let scope = match &args.scope {
        Some(path) => input::json(path, &read(path)?)?,
        None => Scope::default(),
    };
    let has_phases = args.kind.is_some();
    let mut request = EngageRequest {
        engagement_id: args.engagement,
        kind: args.kind,
        goal: args.goal.unwrap_or_default(),
        acceptance_criteria: args.criterion,
        environment: args.environment,
        members: args.member.into_iter().map(|(role, who)| (role, who.into())).collect(),
        readers: args.reader.iter().map(|who| who.as_str().into()).collect(),
        scope,
        document: None,
    };
    if let Some(path) = &args.document {
        let (bytes, media_type) = statement::fill(&mut request, path)?;
        if !args.as_read {
            statement::print(&request);
            output::note(
                "nothing was created; if this is what was agreed, run it again with --as-read",
            );
            return Ok(());
        }
        request.document = Some(upload(&caller.api, &(bytes, media_type))?);
    }
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
