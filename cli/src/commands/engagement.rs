//! `headgate engagement`.

use headgate_api_types::engagements::{EngageRequest, Engagement as Made, Shown};

use crate::api::Api;
use crate::args::{Engagement, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Engagement) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Engagement::Create { engagement, goal, criterion, environment } => {
            let request = EngageRequest {
                engagement_id: engagement,
                goal,
                acceptance_criteria: criterion,
                environment,
            };
            let made = api.post::<Made>("/v1/engagements", &request)?;
            if global.json {
                output::json(&made.json);
                return Ok(());
            }
            output::line(format!(
                "created; to propose a change for it, run `headgate change submit CHANGE --engagement {} …`",
                made.value.engagement_id
            ));
        }
        Engagement::Show { engagement } => {
            let shown = api.get::<Shown>(&format!("/v1/engagements/{engagement}"))?;
            if global.json {
                output::json(&shown.json);
                return Ok(());
            }
            print(shown.value.engagement);
        }
    }
    Ok(())
}

fn print(engagement: Made) {
    let Made { engagement_id, goal, owner, acceptance_criteria, environment, created_at } =
        engagement;
    let mut rows = Vec::new();
    let mut add = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    add("engagement", engagement_id.to_string());
    add("goal", goal);
    add("owner", owner.to_string());
    add("environment", environment);
    add("created", output::time(created_at));
    for criterion in acceptance_criteria {
        add("done when", criterion);
    }
    output::table(&[], rows);
}
