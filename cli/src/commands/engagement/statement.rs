//! A statement of work: what was agreed, read from a document. It is read here and not in the fleet, because files of others are a good way to break
//! a reader, and because people have to look at what was read before it counts.

use std::path::Path;

use headgate_api_types::engagements::EngageRequest;
use headgate_documents::{Agreed, text};
use headgate_domain::content::{DOCX, MARKDOWN, PDF, PLAIN_TEXT};

use crate::commands::read;
use crate::fail::Failure;
use crate::output;

/// Fills in what a request leaves open. What the request says itself, counts. Returns the document.
pub(super) fn fill(
    request: &mut EngageRequest,
    path: &Path,
) -> Result<(Vec<u8>, &'static str), Failure> {
    let fail = |why: &dyn std::fmt::Display| Failure::Usage(format!("{}: {why}", path.display()));
    let media_type = media_type(path)
        .ok_or_else(|| fail(&"a statement of work must be a .txt, .md, .pdf or .docx file"))?;
    let bytes = read(path)?;
    let text = text(media_type, &bytes).map_err(|unread| fail(&unread))?;
    let Agreed { goal, acceptance_criteria, scope } =
        Agreed::read(&text).map_err(|unread| fail(&unread))?;
    if request.goal.is_empty() {
        request.goal = goal.ok_or_else(|| {
            fail(&"the document has neither a title nor a section `Goal`; say it with --goal")
        })?;
    }
    if request.acceptance_criteria.is_empty() {
        request.acceptance_criteria = acceptance_criteria;
    }
    request.scope = std::mem::take(&mut request.scope).or(scope);
    Ok((bytes, media_type))
}

fn media_type(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_ascii_lowercase().to_str()? {
        "txt" => Some(PLAIN_TEXT),
        "md" | "markdown" => Some(MARKDOWN),
        "pdf" => Some(PDF),
        "docx" => Some(DOCX),
        _ => None,
    }
}

/// Prints every entry, so that people can compare it with the document.
pub(super) fn print(request: &EngageRequest) {
    output::line(format!("Goal: {}", request.goal));
    let criteria = ("Acceptance criteria", request.acceptance_criteria.as_slice());
    for (title, entries) in [criteria].into_iter().chain(request.scope.lists()) {
        output::line(format!("\n{title}: {}", entries.len()));
        for entry in entries {
            output::line(format!("- {entry}"));
        }
    }
}
