//! `headgate survey`.

use headgate_api_types::engagements::Survey as Answered;
use headgate_events::latest::EngagementSurveyed;

use crate::api::Api;
use crate::args::{Global, Survey};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Survey) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let answered = match args {
        Survey::Answer { engagement, result, communication, effort, again, comment } => {
            let answers = EngagementSurveyed { result, communication, effort, again, comment };
            api.post::<Answered>(&format!("/v1/engagements/{engagement}/survey"), &answers)?
        }
        Survey::Show { engagement } => api.get(&format!("/v1/engagements/{engagement}/survey"))?,
    };
    if global.json {
        output::json(&answered.json);
        return Ok(());
    }
    let Answered { answers, author, at } = answered.value;
    let rows = [
        ("by", format!("{author}, {}", output::time(at))),
        ("result", answers.result.to_string()),
        ("communication", answers.communication.to_string()),
        ("effort", answers.effort.to_string()),
        ("again", if answers.again { "yes" } else { "no" }.to_owned()),
        ("comment", answers.comment),
    ];
    output::table(
        &[],
        rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect(),
    );
    Ok(())
}
