//! `headgate engagement create`.

use std::path::Path;

use headgate_api_types::engagements::{EngageRequest, Engagement};
use headgate_domain::content::{DOCX, MARKDOWN, PDF, PLAIN_TEXT};
use headgate_domain::engagement::Scope;
use headgate_events::Artifact;

use super::Caller;
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
    let document = args.document.as_deref().map(|path| uploaded(caller, path)).transpose()?;
    let has_phases = args.kind.is_some();
    let request = EngageRequest {
        engagement_id: args.engagement,
        kind: args.kind,
        goal: args.goal,
        acceptance_criteria: args.criterion,
        environment: args.environment,
        members: args.member.into_iter().map(|(role, who)| (role, who.into())).collect(),
        readers: args.reader.iter().map(|who| who.as_str().into()).collect(),
        scope,
        document,
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
    if made.value.document.is_some() {
        output::line(format!(
            "the document was read; compare what was taken from it: `headgate engagement plan {id}`"
        ));
        output::table(&["what was agreed", "entries"], counts(&made.value));
    }
    if has_phases {
        output::line(format!("its first phase has begun; see `headgate engagement show {id}`"));
    }
    Ok(())
}

/// Uploads a statement of work.
fn uploaded(caller: &Caller<'_>, path: &Path) -> Result<Artifact, Failure> {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    let media_type = match extension.to_str() {
        Some("txt") => PLAIN_TEXT,
        Some("md" | "markdown") => MARKDOWN,
        Some("pdf") => PDF,
        Some("docx") => DOCX,
        _ => {
            let message = format!(
                "{}: a statement of work must be a .txt, .md, .pdf or .docx file",
                path.display()
            );
            return Err(Failure::Usage(message));
        }
    };
    upload(&caller.api, &(read(path)?, media_type))
}

/// How many entries each list has, so that people see what was not found.
fn counts(engagement: &Engagement) -> Vec<Vec<String>> {
    let criteria = ("Acceptance criteria", engagement.acceptance_criteria.as_slice());
    let all = [criteria].into_iter().chain(engagement.scope.lists());
    all.map(|(title, entries)| vec![title.to_owned(), entries.len().to_string()]).collect()
}
