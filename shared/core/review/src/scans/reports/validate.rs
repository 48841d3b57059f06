//! `terraform validate -json` (<https://developer.hashicorp.com/terraform/cli/commands/validate#json-output-format>).

use serde_json::Value;

use super::{FAILED, Found, at, run as sarif, said};

/// Whether JSON is such a report.
pub(super) fn is(report: &Value) -> bool {
    report["valid"].is_boolean() && report["diagnostics"].is_array() && report["runs"].is_null()
}

pub(super) fn run(report: &Value) -> Value {
    let diagnostics = report["diagnostics"].as_array().into_iter().flatten();
    let mut results: Vec<_> = diagnostics
        .map(|diagnostic| {
            let (file, line) = at(diagnostic);
            let rule = if diagnostic["severity"] == "warning" { "warning" } else { "error" };
            Found { rule, message: said(diagnostic), file, line }
        })
        .collect();
    let counted = report["error_count"].as_u64().unwrap_or(0);
    if (report["valid"] != true || counted > 0)
        && results.iter().all(|result| result.rule != "error")
    {
        let message = "the configuration is not valid".to_owned();
        results.push(Found { rule: "error", message, file: "", line: None });
    }
    sarif("terraform-validate", &[("error", Some(FAILED)), ("warning", None)], results, true)
}
