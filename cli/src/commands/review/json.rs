//! The review as JSON.

use headgate_events::Finding;
use headgate_review::Report;
use serde_json::{Value, json};

pub(super) fn report(report: &Report) -> Value {
    let Report { verdict, findings, summary, plan_hash, content_hash, access, .. } = report;
    json!({
        "verdict": verdict,
        "plan_hash": plan_hash,
        "content_hash": content_hash,
        "summary": summary,
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "access": access,
    })
}

fn finding(finding: &Finding) -> Value {
    let Finding { rule, severity, resource, message, fix } = finding;
    json!({
        "rule": rule, "severity": severity, "resource": resource, "message": message, "fix": fix,
    })
}
