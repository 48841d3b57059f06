//! The review as SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::BTreeMap;

use headgate_events::{Finding, Severity};
use headgate_review::Report;
use serde_json::{Value, json};

use crate::uri;

pub(super) fn log(report: &Report, plan: &str) -> Value {
    let mut rules: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in &report.findings {
        rules.entry(&finding.rule).or_insert(finding);
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, r)| (*r, i)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "headgate",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(id, first)| json!({
                    "id": id,
                    "help": { "text": first.fix },
                    "defaultConfiguration": { "level": level(first.severity) },
                })).collect::<Vec<_>>(),
            }},
            "results": report.findings.iter().map(|f| json!({
                "ruleId": f.rule,
                "ruleIndex": index[f.rule.as_str()],
                "level": level(f.severity),
                "message": { "text": format!("{}. {}", f.message, f.fix) },
                "locations": [{
                    // Code scanning requires a line, although lines mean nothing in a plan's JSON.
                    "physicalLocation": {
                        "artifactLocation": { "uri": reference(plan) },
                        "region": { "startLine": 1 },
                    },
                    "logicalLocations": [{ "fullyQualifiedName": f.resource, "kind": "resource" }],
                }],
                "partialFingerprints": {
                    "headgate/v1": format!("{}:{}", f.rule, f.resource),
                },
                "properties": { "severity": f.severity },
            })).collect::<Vec<_>>(),
            "properties": {
                "verdict": report.verdict,
                "planHash": report.plan_hash,
                "contentHash": report.content_hash,
                "summary": report.summary,
            },
        }],
    })
}

fn level(severity: Severity) -> Value {
    match severity {
        Severity::Warning => "warning",
        Severity::Error | Severity::Critical => "error",
    }
    .into()
}

/// The path as a percent-encoded relative URI reference.
fn reference(path: &str) -> String {
    if path == "-" {
        return "plan.json".to_owned();
    }
    uri::path(path.trim_start_matches("./"))
}
