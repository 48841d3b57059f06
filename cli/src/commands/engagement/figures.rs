//! `headgate engagement figures`.

use headgate_api_types::engagements::Metrics;
use headgate_domain::figures::Work;
use headgate_events::EngagementId;

use super::Caller;
use crate::fail::Failure;
use crate::output::{self, Cell};

pub(super) fn run(caller: &Caller<'_>, engagement: &EngagementId) -> Result<(), Failure> {
    let found = caller.api.get::<Metrics>(&format!("/v1/engagements/{engagement}/metrics"))?;
    if caller.global.json {
        output::json(&found.json);
        return Ok(());
    }
    let header = [
        "phase",
        "ended",
        "attempts",
        "seconds",
        "tokens",
        "turns",
        "handoffs",
        "largest context",
        "questions",
        "limits exceeded",
    ];
    let rows = found.value.summary.work.iter().map(|(phase, work)| row(phase, work)).collect();
    output::table(&header, rows);
    Ok(())
}

fn row(phase: &str, work: &Work) -> Vec<Cell> {
    let ended = if work.ended > 0 { "yes" } else { "no" };
    let figures = [
        work.attempts,
        work.seconds,
        work.tokens,
        work.turns,
        work.handoffs,
        work.largest_context,
        work.questions,
        work.breaches,
    ];
    let mut row: Vec<Cell> = vec![phase.to_owned().into(), ended.to_owned().into()];
    row.extend(figures.map(|figure| figure.to_string().into()));
    row
}
