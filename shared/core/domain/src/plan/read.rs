//! Parses the JSON of a plan, or says why it is not one.

use serde::Deserialize;
use serde_json::Value;

use super::{Config, Plan, ResourceChange, encoding, whole_hash};

/// Most values in the JSON of a plan: objects, lists, members and elements. Real plans have one for about 20 bytes, so the largest
/// artifact is accepted; but it could have ten times as many, and each takes memory, however short it is.
pub const MAX_VALUES: usize = 1_200_000;

/// Formats that this build reads; Terraform 0.12 to 1.14 and OpenTofu write them. A newer minor version may
/// contain effects that this build does not check, so it is refused.
const KNOWN_FORMATS: [&str; 5] = ["0.1", "0.2", "1.0", "1.1", "1.2"];

/// Why bytes are not a plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Not JSON, or JSON of another shape.
    #[error(
        "not the output of `terraform show -json PLANFILE` (line {line}, column {column}: {problem}); \
         pass that output, not the plan file itself"
    )]
    NotAPlan {
        /// Line of the text, from 1.
        line: usize,
        /// Column of that line.
        column: usize,
        /// What was expected there.
        problem: String,
    },
    /// More values than the memory of a review is sized for.
    #[error("the plan has more than {MAX_VALUES} values; split the change into smaller plans")]
    TooLarge,
    /// Other JSON that Terraform writes, or something that Terraform did not write.
    #[error("this is {0}, not a plan in JSON; run `terraform show -json PLANFILE` on a saved plan")]
    SomethingElse(&'static str),
    /// This build does not know the format.
    #[error("plan format {0} is unknown; this build reads 0.1, 0.2, 1.0, 1.1 and 1.2")]
    UnknownFormat(String),
    /// The plan did not finish.
    #[error("the plan ended with an error; fix it and plan again")]
    Errored,
    /// A member that an object has twice. Readers differ in which of them they take.
    #[error("the member `{0}` is in one object twice, so Terraform did not write this; plan again")]
    Ambiguous(String),
    /// Two changes of one object. One of them would not be reviewed.
    #[error("{0} is changed twice in this plan, so Terraform did not write this; plan again")]
    Twice(String),
}

#[derive(Deserialize)]
struct Raw {
    format_version: String,
    #[serde(default)]
    terraform_version: String,
    #[serde(default)]
    resource_changes: Option<Vec<ResourceChange>>,
    #[serde(default)]
    resource_drift: Option<Vec<ResourceChange>>,
    #[serde(default)]
    deferred_changes: Option<Vec<Value>>,
    #[serde(default)]
    action_invocations: Option<Vec<Value>>,
    #[serde(default)]
    deferred_action_invocations: Option<Vec<Value>>,
    #[serde(default)]
    output_changes: Value,
    #[serde(default)]
    checks: Option<Vec<Value>>,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    configuration: Value,
    #[serde(default)]
    prior_state: Option<whole_hash::Hashed>,
    #[serde(default)]
    errored: bool,
}

/// Fields that are checked before the full parse, so that a wrong file gets a specific error.
#[derive(Deserialize)]
struct Probe {
    format_version: Option<Value>,
    planned_values: Option<serde::de::IgnoredAny>,
    resource_changes: Option<serde::de::IgnoredAny>,
    configuration: Option<serde::de::IgnoredAny>,
    output_changes: Option<serde::de::IgnoredAny>,
    values: Option<serde::de::IgnoredAny>,
    provider_schemas: Option<serde::de::IgnoredAny>,
    lineage: Option<serde::de::IgnoredAny>,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Plan, PlanError> {
    if bytes.starts_with(b"PK") {
        return Err(PlanError::SomethingElse("the binary plan file"));
    }
    let json = encoding::json(bytes).map_err(PlanError::SomethingElse)?;
    let bytes = json.as_ref();
    // Before anything is parsed: the parser would take the memory first.
    if values(bytes) > MAX_VALUES {
        return Err(PlanError::TooLarge);
    }
    recognise(&serde_json::from_slice(bytes).map_err(not_a_plan)?)?;
    let hash = whole_hash::of(bytes).map_err(not_a_plan)?;
    let hash = hash.map_err(|whole_hash::Twice(name)| PlanError::Ambiguous(name))?;
    let raw: Raw = serde_json::from_slice(bytes).map_err(not_a_plan)?;
    if raw.errored {
        return Err(PlanError::Errored);
    }
    let resource_changes = ordered(raw.resource_changes);
    for pair in resource_changes.windows(2) {
        if let [a, b] = pair
            && (&a.address, &a.deposed) == (&b.address, &b.deposed)
        {
            return Err(PlanError::Twice(a.address.clone()));
        }
    }
    let mut action_invocations = raw.action_invocations.unwrap_or_default();
    action_invocations.extend(raw.deferred_action_invocations.unwrap_or_default());
    Ok(Plan {
        format_version: raw.format_version,
        terraform_version: raw.terraform_version,
        resource_changes,
        resource_drift: ordered(raw.resource_drift),
        deferred_changes: raw.deferred_changes.unwrap_or_default(),
        action_invocations,
        output_changes: raw.output_changes,
        checks: raw.checks.unwrap_or_default(),
        config: Config::flatten(&raw.configuration, &raw.variables),
        variables: raw.variables,
        hash,
        prior_state: raw.prior_state.map(|whole_hash::Hashed(sha256)| sha256),
    })
}

/// An upper bound of the number of values in JSON: each but the first follows one of these characters.
#[must_use]
pub fn values(json: &[u8]) -> usize {
    let (mut values, mut quoted, mut escaped) = (1, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' | b',' if !quoted => values += 1,
            _ => {}
        }
    }
    values
}

fn recognise(probe: &Probe) -> Result<(), PlanError> {
    let Some(version) = &probe.format_version else {
        return Err(PlanError::SomethingElse(if probe.lineage.is_some() {
            "a state file"
        } else {
            "JSON without a format_version"
        }));
    };
    let Value::String(version) = version else {
        return Err(PlanError::UnknownFormat(version.to_string()));
    };
    if probe.provider_schemas.is_some() {
        return Err(PlanError::SomethingElse("a provider schema"));
    }
    let of_a_plan = [
        &probe.planned_values,
        &probe.resource_changes,
        &probe.configuration,
        &probe.output_changes,
    ];
    if of_a_plan.iter().all(|member| member.is_none()) {
        return Err(PlanError::SomethingElse(if probe.values.is_some() {
            "a state"
        } else {
            "JSON without planned values or resource changes"
        }));
    }
    if !KNOWN_FORMATS.contains(&version.as_str()) {
        return Err(PlanError::UnknownFormat(version.clone()));
    }
    Ok(())
}

fn not_a_plan(error: serde_json::Error) -> PlanError {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let problem = text.split(" at line ").next().unwrap_or_default();
    PlanError::NotAPlan { line, column, problem: problem.chars().take(200).collect() }
}

fn ordered(changes: Option<Vec<ResourceChange>>) -> Vec<ResourceChange> {
    let mut changes = changes.unwrap_or_default();
    changes.sort_by(|a, b| (&a.address, &a.deposed).cmp(&(&b.address, &b.deposed)));
    changes
}

#[cfg(test)]
mod tests {
    use super::{MAX_VALUES, PlanError, parse, values};

    #[test]
    fn values_are_counted_and_characters_in_text_are_not() {
        for (json, count) in
            [("1", 1), ("[]", 2), (r#"{"a":1}"#, 2), ("[1,2]", 3), (r#"["[,:{\"[,"]"#, 2), ("", 1)]
        {
            assert_eq!(values(json.as_bytes()), count, "{json}");
        }
    }

    #[test]
    fn a_plan_with_too_many_values_is_refused_before_it_is_parsed() {
        // No JSON, so a parser would say something else.
        let many = vec![b'['; MAX_VALUES];
        assert!(matches!(parse(&many), Err(PlanError::TooLarge)));
        let fewer = vec![b'['; MAX_VALUES - 1];
        assert!(matches!(parse(&fewer), Err(PlanError::NotAPlan { .. })));
    }
}
