//! Reads SARIF logs: what a tool says that it found, how much it weighs, and where it is.

use std::collections::HashMap;

use headgate_domain::plan::values;
use headgate_domain::text::one_line;
use headgate_events::Severity;

use super::log::{Location, Log, Physical, Properties, Raw, Rule, Run, Suppression, Tool};
use super::place::Place;
use super::{MAX_PLACES, MAX_RESULTS, MAX_RUNS, MAX_VALUES, Scan, ScanError, ScanResult, blocks};

/// From this `security-severity` on, a result is an error (GitHub calls 7.0 to 8.9 high:
/// <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
const HIGH: f64 = 7.0;
/// Longest text that is kept, in bytes.
const MAX_TEXT: usize = 600;

pub(super) fn parse(bytes: &[u8], plan_sha256: &str) -> Result<Vec<Scan>, ScanError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Before anything is parsed: the parser would take the memory first.
    if values(bytes) > MAX_VALUES {
        return Err(ScanError::TooLarge);
    }
    let log: Log = serde_json::from_slice(bytes)?;
    if log.version != "2.1.0" {
        return Err(ScanError::Version(one_line(&log.version, 20)));
    }
    if log.runs.is_empty() {
        return Err(ScanError::Empty);
    }
    if log.runs.len() > MAX_RUNS {
        return Err(ScanError::TooManyRuns);
    }
    let count = |run: &Run| run.results.as_ref().map_or(0, Vec::len);
    if log.runs.iter().map(count).sum::<usize>() > MAX_RESULTS {
        return Err(ScanError::TooMany);
    }
    log.runs.into_iter().map(|run| scan(run, plan_sha256)).collect()
}

fn scan(run: Run, plan_sha256: &str) -> Result<Scan, ScanError> {
    if run.external_property_file_references.is_some_and(|r| r.get("results").is_some()) {
        return Err(ScanError::Elsewhere);
    }
    let Tool { driver, extensions } = run.tool;
    let version = driver.version.or(driver.semantic_version).unwrap_or_default();
    let of_this_plan =
        run.properties.plan.is_some_and(|plan| plan.eq_ignore_ascii_case(plan_sha256));
    let failed = run.invocations.iter().any(|i| i.execution_successful == Some(false));
    let complete = run.results.is_some() && !failed;
    let others = extensions.iter().flat_map(|e| &e.rules);
    // The first of several with one id, as in the order of the log.
    let by_id = driver.rules.iter().chain(others).rev().map(|rule| (rule.id.as_str(), rule));
    let rules = Rules { listed: &driver.rules, by_id: by_id.collect() };
    let results = run.results.unwrap_or_default();
    let results = results.into_iter().filter_map(|raw| result(raw, &rules));
    Ok(Scan {
        tool: word(&driver.name).to_ascii_lowercase(),
        version: one_line(&version, 40),
        by: None,
        by_proposer: false,
        sha256: String::new(),
        of_this_plan,
        complete,
        results: results.collect(),
    })
}

/// The rules of a tool and of its extensions.
struct Rules<'a> {
    listed: &'a [Rule],
    by_id: HashMap<&'a str, &'a Rule>,
}

/// What a tool says that it found. `None` for what it looked at and found good.
fn result(raw: Raw, rules: &Rules<'_>) -> Option<ScanResult> {
    if raw.baseline_state.as_deref() == Some("absent") {
        return None;
    }
    if raw.kind.as_deref().is_some_and(|k| matches!(k, "pass" | "notApplicable" | "informational"))
    {
        return None;
    }
    let named = raw.rule.as_ref();
    let index = raw.rule_index.or(named.and_then(|r| r.index));
    let id = raw.rule_id.clone().or(named.and_then(|r| r.id.clone()));
    // The index of a rule in the tool itself; rules of its extensions are found by their id.
    let by_index = index.and_then(|at| rules.listed.get(usize::try_from(at).ok()?));
    let rule = by_index.filter(|rule| id.as_ref().is_none_or(|id| *id == rule.id));
    let rule = rule.or_else(|| rules.by_id.get(id.as_deref()?).copied());
    let none = Rule::default();
    let of = rule.unwrap_or(&none);
    let level = raw.level.as_deref().or(of.default_configuration.level.as_deref());
    let score = score(&raw.properties).or_else(|| score(&of.properties));
    let severity = match (level, score) {
        (Some("none" | "note"), None) => return None,
        (_, Some(score)) if score >= HIGH => Severity::Error,
        _ => Severity::Warning,
    };
    let said = [&raw.message.text, &of.short_description.text, &of.full_description.text];
    let said = said.into_iter().find(|text| !text.trim().is_empty());
    let fix = if of.help_uri.is_empty() {
        "see the documentation of the tool".to_owned()
    } else {
        format!("see {}", one_line(&of.help_uri, 200))
    };
    // A suppression that is under review, or was rejected, suppresses nothing.
    let accepted = |s: &Suppression| s.status.as_deref().is_none_or(|status| status == "accepted");
    let suppressions = raw.suppressions.unwrap_or_default();
    let suppressed = !suppressions.is_empty() && suppressions.iter().all(accepted);
    let reason = suppressions.into_iter().find_map(|s| s.justification).unwrap_or_default();
    Some(ScanResult {
        rule: word(&id.unwrap_or_else(|| of.id.clone())),
        severity,
        message: said
            .map_or_else(|| "(the tool gives no message)".into(), |t| one_line(t, MAX_TEXT)),
        fix,
        suppressed: suppressed.then(|| one_line(&reason, 200)),
        place: raw.locations.into_iter().next().map(place).unwrap_or_default(),
    })
}

/// A number, or a text with a number.
fn score(properties: &Properties) -> Option<f64> {
    let value = &properties.security_severity;
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn place(location: Location) -> Place {
    let Location { physical_location, logical_locations } = location;
    let Physical { artifact_location, region, context_region } = physical_location;
    let quoted = [region.snippet.text, context_region.snippet.text];
    Place {
        names: logical_locations
            .into_iter()
            .filter_map(|l| l.fully_qualified_name.or(l.name))
            .filter(|name| name.len() <= MAX_TEXT)
            .take(MAX_PLACES)
            .collect(),
        file: one_line(&artifact_location.uri, MAX_TEXT),
        line: region.start_line,
        block: quoted.iter().find(|text| !text.is_empty()).and_then(|text| blocks::first(text)),
    }
}

/// A name as part of a rule's id. Other characters become `-`, so that a tool cannot pass for a rule of somebody else.
fn word(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let mut word: String = name.chars().take(60).map(|c| if safe(c) { c } else { '-' }).collect();
    if word.is_empty() {
        word.push_str("unnamed");
    }
    word
}
