//! `headgate engagement list`.

use headgate_api_types::engagements::{Engagements, Listed};

use super::Caller;
use crate::args::Page;
use crate::fail::Failure;
use crate::output::{self, Cell, status};

pub(super) fn run(caller: &Caller<'_>, page: &Page) -> Result<(), Failure> {
    let found = caller.api.get::<Engagements>(&format!("/v1/engagements?{}", page.query()))?;
    if caller.global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.engagements.into_iter().map(row).collect();
    output::table(&["engagement", "type", "status", "phase", "owner", "created", "goal"], rows);
    output::next_page(found.value.next_cursor.as_deref());
    Ok(())
}

fn row(listed: Listed) -> Vec<Cell> {
    let phase = match (listed.phase, listed.attempt) {
        (Some(phase), Some(attempt)) => format!("{phase}, attempt {attempt}"),
        _ => String::new(),
    };
    vec![
        listed.engagement_id.to_string().into(),
        listed.kind.into(),
        listed.status.map_or_else(|| String::new().into(), |s| status(s.name())),
        phase.into(),
        listed.owner.to_string().into(),
        output::time(listed.created_at).into(),
        listed.goal.into(),
    ]
}
