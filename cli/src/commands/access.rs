//! What an apply may do, for people.

use headgate_access::{Access, SessionPolicy, Width};
use headgate_domain::text::one_line;
use serde_json::Value;

use crate::output;

/// Prints the narrowest session policy as a table, and what is unknown. `gives` says whether the fleet hands out the credentials.
pub(super) fn print(access: &Access, gives: bool) {
    if !gives && !access.unknown.is_empty() {
        let count = access.unknown.len();
        output::line(format!(
            "if the environment had an apply role, the review would find access.unknown: {count} (--json lists them)"
        ));
        return;
    }
    for unknown in &access.unknown {
        let address = one_line(&unknown.address, usize::MAX);
        output::line(format!("no credentials: {address}: {}; {}", unknown.problem, unknown.fix));
    }
    let Some(policy) = access.policies.first().filter(|_| access.unknown.is_empty()) else {
        return;
    };
    output::line(format!("the credentials of its apply allow ({}):", width(policy.width)));
    output::table(&["actions", "on", "if"], statements(policy));
    if let Some(wider) = access.policies.last().filter(|wider| wider.width != policy.width) {
        let wider = width(wider.width);
        output::line(format!("if STS finds that too large, they allow more: {wider}"));
    }
}

/// One row a statement.
fn statements(policy: &SessionPolicy) -> Vec<Vec<String>> {
    let document: Value = serde_json::from_str(&policy.document).unwrap_or_default();
    let lines = |value: &Value| {
        let texts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts.map(|text| one_line(text, usize::MAX)).collect::<Vec<_>>().join("\n")
    };
    let row = |statement: &Value| {
        let actions = lines(&statement["Action"]);
        let actions = match statement["Effect"].as_str() {
            Some("Deny") => "nothing".to_owned(),
            _ => actions,
        };
        let conditions = statement["Condition"].as_object().into_iter().flatten();
        let keys = conditions.flat_map(|(_, keys)| keys.as_object().into_iter().flatten());
        let conditions = keys.map(|(key, values)| format!("{key}: {}", lines(values)));
        vec![actions, lines(&statement["Resource"]), conditions.collect::<Vec<_>>().join("\n")]
    };
    document["Statement"].as_array().into_iter().flatten().map(row).collect()
}

fn width(width: Width) -> &'static str {
    match width {
        Width::Exact => "exactly these resources",
        Width::Names => "names with a common beginning",
        Width::Services => "whole services",
    }
}
