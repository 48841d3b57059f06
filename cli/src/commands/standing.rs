//! `headgate standing`.

use headgate_api_types::standings::{Promoted, PromotionRequest, Shown};
use headgate_domain::outcomes::{OutcomeKind, Outcomes, Tally};
use headgate_domain::standing::StandingRecord;
use headgate_events::Lane;

use crate::api::Api;
use crate::args::{Global, Standing};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;
use crate::uri;

/// Number of weeks to show.
const WEEKS: usize = 8;
const HEADINGS: [&str; 5] = ["week", "passed reviews", "permits", "applies", "no incident in 2 h"];

pub(super) fn run(config: &Config, global: &Global, args: Standing) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let (json, standing, outcomes) = match &args {
        Standing::Show { model, family } => {
            let shown = api.get::<Shown>(&path(model, family))?;
            (shown.json, shown.value.standing, shown.value.outcomes)
        }
        Standing::Promote { model, family, lane, reason } => {
            let body = PromotionRequest { lane: Lane::from(*lane), reason: reason.clone() };
            let path = format!("{}/promotions", path(model, family));
            let shown = api.post::<Promoted>(&path, &body)?;
            (shown.json, Some(shown.value.standing), None)
        }
    };
    if global.json {
        output::json(&json);
        return Ok(());
    }
    match standing {
        Some(standing) => print(standing),
        None => output::line(
            "this model has no standing yet; it may use the lane that the deployment allows for unproven models",
        ),
    }
    print_outcomes(&outcomes.unwrap_or_default());
    Ok(())
}

fn print(standing: StandingRecord) {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let solves = format!(
        "{:.0} to {:.0} % of tasks, with the worst wording",
        100.0 * standing.lower,
        100.0 * standing.upper
    );
    let rows = vec![
        row("model", standing.model),
        row("family", standing.family),
        row("lane", standing.lane.name().to_owned()),
        row("earned lane", standing.earned.name().to_owned()),
        row("solves", solves),
        row("reason", standing.reason),
        row("updated", output::time(standing.updated_at)),
    ];
    output::table(&["", "standing"], rows);
    if standing.earned > standing.lane {
        output::line(
            "the model has earned a higher lane; promote it with `headgate standing promote`",
        );
    }
}

/// Prints the outcomes of the model's changes by week, newest first.
fn print_outcomes(outcomes: &Outcomes) {
    if outcomes.weeks.is_empty() {
        return;
    }
    let rows = outcomes.weeks.iter().rev().take(WEEKS).map(|(week, kinds)| {
        let shares = OutcomeKind::ALL.map(|kind| match kinds.get(&kind) {
            Some(Tally { good, all }) => format!("{good} of {all}"),
            None => "-".to_owned(),
        });
        std::iter::once(week.clone()).chain(shares).collect()
    });
    output::table(&HEADINGS, rows.collect());
}

/// The API path of a standing. Model names may contain any character, so they are encoded.
fn path(model: &str, family: &str) -> String {
    format!("/v1/standings/{}/{}", uri::segment(model), uri::segment(family))
}
