//! `headgate standing`.

use headgate_events::Lane;
use serde_json::{Value, json};

use crate::api::Api;
use crate::args::{Global, Standing};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};
use crate::uri;

/// Number of weeks to show.
const WEEKS: usize = 8;
const HEADINGS: [&str; 5] = ["week", "passed reviews", "permits", "applies", "no incident in 2 h"];

pub(super) fn run(config: &Config, global: &Global, args: Standing) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = match &args {
        Standing::Show { model, family } => api.get(&path(model, family))?,
        Standing::Promote { model, family, lane, reason } => {
            let body = json!({ "lane": Lane::from(*lane), "reason": reason });
            api.post(&format!("{}/promotions", path(model, family)), &body)?
        }
    };
    if global.json {
        output::json(&shown);
        return Ok(());
    }
    if shown["standing"].is_null() {
        output::line(
            "no evaluation counts for this model yet; it may use the deployment's lane for unproven models",
        );
    } else {
        standing(&shown);
    }
    outcomes(&shown["outcomes"]["weeks"]);
    Ok(())
}

fn standing(shown: &Value) {
    let row = |name: &str, pointer: &str| vec![name.to_owned(), text(shown, pointer)];
    let mut rows = vec![
        row("model", "/standing/model"),
        row("family", "/standing/family"),
        row("lane", "/standing/lane"),
        row("earned lane", "/standing/earned"),
        row("reason", "/standing/reason"),
        vec!["updated".to_owned(), output::time(shown, "/standing/updated_at")],
    ];
    let limit = |pointer: &str| shown.pointer(pointer).and_then(Value::as_f64);
    if let (Some(lower), Some(upper)) = (limit("/standing/lower"), limit("/standing/upper")) {
        let rate = format!(
            "{:.0} to {:.0} % of tasks, with the worst wording",
            100.0 * lower,
            100.0 * upper
        );
        rows.insert(4, vec!["solves".to_owned(), rate]);
    }
    output::table(&["", "standing"], rows);
    let lane = |name: &str| text(shown, &format!("/standing/{name}")).parse::<Lane>();
    if let (Ok(now), Ok(earned)) = (lane("lane"), lane("earned"))
        && earned > now
    {
        output::line("it has earned a higher lane; promote it with `headgate standing promote`");
    }
}

/// Prints the outcomes of the model's changes by week, newest first.
fn outcomes(weeks: &Value) {
    let Some(weeks) = weeks.as_object().filter(|w| !w.is_empty()) else { return };
    let share = |kinds: &Value, kind: &str| match (&kinds[kind]["good"], &kinds[kind]["all"]) {
        (Value::Number(good), Value::Number(all)) => format!("{good} of {all}"),
        _ => "-".to_owned(),
    };
    let rows = weeks.iter().rev().take(WEEKS).map(|(week, kinds)| {
        let shares = ["review", "permit", "apply", "calm"].map(|kind| share(kinds, kind));
        std::iter::once(week.clone()).chain(shares).collect()
    });
    output::table(&HEADINGS, rows.collect());
}

/// The API path of a standing. Model names may contain any character, so they are encoded.
fn path(model: &str, family: &str) -> String {
    format!("/v1/standings/{}/{}", uri::segment(model), uri::segment(family))
}
