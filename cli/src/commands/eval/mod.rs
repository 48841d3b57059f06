//! `headgate eval`.

mod assert;
mod check;
mod junit;
mod markdown;
mod run;
mod text;

use headgate_api_types::evaluations::{Case, Evaluations, Reported};
use headgate_suites::{RunHead, RunStatus};

use crate::api::{Answer, Api};
use crate::args::{Eval, EvalFormat, Global, ModelKey, Page};
use crate::config::Config;
use crate::fail::Failure;
use crate::{aws, output, uri};

pub(super) fn run(config: &Config, global: &Global, args: Eval) -> Result<(), Failure> {
    match args {
        Eval::Check { suite } => check::check(global, &suite),
        Eval::Run(args) => run::run(&Api::connect(config, global)?, global, args),
        Eval::List(page) => list(&Api::connect(config, global)?, global, &page),
        Eval::Show { run, case: Some(case), .. } => {
            case_of(&Api::connect(config, global)?, global, &run, &case)
        }
        Eval::Show { run, case: None, format } => {
            show(&Api::connect(config, global)?, global, &run, format).map(|_| ())
        }
        Eval::Compare { run, format } => {
            let shown = report(&Api::connect(config, global)?, &run)?.value;
            compare(global, &shown, (format, true));
            Ok(())
        }
        Eval::Assert { run, format, allow_underpowered } => {
            // Exit code 1 means only that the run does not pass; a refused request is exit code 2 here.
            let unknown = |failure| match failure {
                Failure::Refused(message) => Failure::Usage(message),
                other => other,
            };
            let found = report(&Api::connect(config, global)?, &run).map_err(unknown);
            let shown = found?.value;
            compare(global, &shown, (format, allow_underpowered));
            assert::assert(&shown, allow_underpowered)
        }
    }
}

/// `headgate model-key`.
pub(super) fn model_key(global: &Global, args: ModelKey) -> Result<(), Failure> {
    let ModelKey::Set { secret } = args;
    let mut key = String::new();
    std::io::stdin().read_line(&mut key).map_err(Failure::usage)?;
    let key = key.trim();
    if key.is_empty() {
        return Err(Failure::Usage("no key on standard input".to_owned()));
    }
    aws::set_secret(&secret, key)?;
    if global.json {
        output::json(&serde_json::json!({ "secret": secret, "set": true }));
    } else {
        output::line(format!("stored the key in {secret}; functions use it within five minutes"));
    }
    Ok(())
}

fn list(api: &Api, global: &Global, page: &Page) -> Result<(), Failure> {
    let found = api.get::<Evaluations>(&format!("/v1/evaluations?{}", page.query()))?;
    if global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.evaluations.iter().map(text::run_row);
    output::table(&text::RUN, rows.collect());
    output::next_page(found.value.next_cursor.as_deref());
    Ok(())
}

fn case_of(api: &Api, global: &Global, run: &str, case: &str) -> Result<(), Failure> {
    let parts: Vec<_> = case.split('/').collect();
    let [candidate, task, paraphrase, repeat] = parts.as_slice() else {
        return Err(Failure::Usage(format!(
            "`{case}` is not a case; use candidate/task/paraphrase/repeat"
        )));
    };
    let [candidate, task] = [candidate, task].map(|name| uri::segment(name));
    let path = format!(
        "/v1/evaluations/{run}/case?candidate={candidate}&task={task}&paraphrase={paraphrase}&repeat={repeat}"
    );
    let shown = api.get::<Case>(&path)?;
    if global.json {
        output::json(&shown.json);
    } else {
        text::case(&shown.value);
    }
    Ok(())
}

/// Fetches a run with its report.
fn report(api: &Api, run: &str) -> Result<Answer<Reported>, Failure> {
    api.get(&format!("/v1/evaluations/{run}/report"))
}

/// Prints a run with its report.
fn show(api: &Api, global: &Global, run: &str, format: EvalFormat) -> Result<Reported, Failure> {
    let Answer { json, value: shown } = report(api, run)?;
    match format {
        EvalFormat::Text if !global.json => text::show(&shown.evaluation, &shown.report),
        EvalFormat::Text | EvalFormat::Json => output::json(&json),
        EvalFormat::Junit => {
            output::line(junit::render(&shown.evaluation, &shown.report, true));
        }
        EvalFormat::Markdown => output::line(markdown::render(&shown.evaluation, &shown.report)),
    }
    Ok(shown)
}

/// Prints the comparisons of a run.
fn compare(global: &Global, shown: &Reported, (format, allow_underpowered): (EvalFormat, bool)) {
    match format {
        EvalFormat::Text if !global.json => text::comparisons(&shown.report),
        EvalFormat::Text | EvalFormat::Json => output::json(&shown.report.comparisons),
        EvalFormat::Junit => {
            output::line(junit::render(&shown.evaluation, &shown.report, allow_underpowered));
        }
        EvalFormat::Markdown => output::line(markdown::comparisons(&shown.report)),
    }
}

/// Fails with the reasons if the run was refused.
fn refused(head: &RunHead) -> Result<(), Failure> {
    if head.status == RunStatus::Refused {
        return Err(Failure::Refused(format!("the run was refused: {}", head.reasons.join("; "))));
    }
    Ok(())
}
