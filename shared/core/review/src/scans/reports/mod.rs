//! Reports that are no SARIF logs: of `terraform validate -json`, `terraform test -json`, and of tests as JUnit XML. They are converted,
//! so that whatever the fleet does with the results of a scanner (binding to the plan, requiring it of an identity, weighing) it also
//! does with them.

mod junit;
mod terraform_test;
mod validate;

use std::borrow::Cow;

use serde_json::{Value, json};

use super::ScanError;

/// `security-severity` of what failed: an error in the review, as the results of scanners from 7.0 on.
const FAILED: &str = "8.0";

/// A SARIF log of a report. Bytes of any other kind are returned as they are.
///
/// # Errors
/// [`ScanError::Report`] if it is a report that cannot be read to its end.
pub fn to_sarif(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ScanError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let run = match text.first() {
        Some(b'<') => Some(junit::run(text)?),
        Some(b'{') => match serde_json::from_slice::<Value>(text) {
            Ok(report) if validate::is(&report) => Some(validate::run(&report)),
            Ok(line) if terraform_test::is(&line) => Some(terraform_test::run(text)?),
            Ok(_) => None,
            // Many values, one a line.
            Err(_) => {
                let first = text.split(|b| *b == b'\n').next().unwrap_or_default();
                let first = serde_json::from_slice::<Value>(first).unwrap_or_default();
                if terraform_test::is(&first) { Some(terraform_test::run(text)?) } else { None }
            }
        },
        _ => None,
    };
    Ok(match run {
        Some(run) => Cow::Owned(serde_json::to_vec(&log(vec![run]))?),
        None => Cow::Borrowed(bytes),
    })
}

/// A SARIF log of runs.
pub(super) fn log(runs: Vec<Value>) -> Value {
    json!({ "version": "2.1.0", "runs": runs })
}

/// One SARIF log with the runs of several.
///
/// # Errors
/// [`ScanError::Form`] if one of them is not JSON.
pub fn joined(logs: &[Vec<u8>]) -> Result<Vec<u8>, ScanError> {
    let mut runs = Vec::new();
    for bytes in logs {
        let mut log: Value = serde_json::from_slice(bytes)?;
        if let Some(Value::Array(more)) = log.get_mut("runs").map(Value::take) {
            runs.extend(more);
        }
    }
    Ok(serde_json::to_vec(&log(runs))?)
}

/// A SARIF log of what `terraform fmt -check -list=true` printed: the names of the files that are not formatted. `complete` is false if
/// it ended with another code than 0 and 3; it prints nothing then.
#[must_use]
pub fn format_log(printed: &str, complete: bool) -> Vec<u8> {
    let files = printed.lines().map(str::trim).filter(|line| !line.is_empty());
    let results = files.map(|file| Found {
        rule: "unformatted",
        message: format!("{file} is not formatted"),
        file,
        line: None,
    });
    let run = run("terraform-fmt", &[("unformatted", None)], results, complete);
    log(vec![run]).to_string().into_bytes()
}

/// A result in a log.
struct Found<'a> {
    rule: &'a str,
    message: String,
    file: &'a str,
    line: Option<u64>,
}

/// A run of a tool in a log. Of the rules, those that failed have a `security-severity`.
fn run<'a>(
    tool: &str,
    rules: &[(&str, Option<&str>)],
    results: impl IntoIterator<Item = Found<'a>>,
    complete: bool,
) -> Value {
    let rules = rules.iter().map(|(id, score)| match score {
        Some(score) => json!({ "id": id, "properties": { "security-severity": score } }),
        None => json!({ "id": id }),
    });
    let results = results.into_iter().map(|Found { rule, message, file, line }| {
        let mut place = json!({ "artifactLocation": { "uri": file } });
        if let Some(line) = line {
            place["region"] = json!({ "startLine": line });
        }
        json!({
            "ruleId": rule, "level": "warning", "message": { "text": message },
            "locations": [{ "physicalLocation": place }],
        })
    });
    json!({
        "tool": { "driver": { "name": tool, "rules": rules.collect::<Vec<_>>() } },
        "invocations": [{ "executionSuccessful": complete }],
        "results": results.collect::<Vec<_>>(),
    })
}

/// Summary and detail of one of Terraform's diagnostics.
fn said(diagnostic: &Value) -> String {
    let text = |name: &str| diagnostic[name].as_str().unwrap_or_default();
    match (text("summary"), text("detail")) {
        (summary, "") => summary.to_owned(),
        (summary, detail) => format!("{summary}: {detail}"),
    }
}

/// File and line of one of Terraform's diagnostics.
fn at(diagnostic: &Value) -> (&str, Option<u64>) {
    let range = &diagnostic["range"];
    (range["filename"].as_str().unwrap_or_default(), range["start"]["line"].as_u64())
}

#[cfg(test)]
mod tests;
