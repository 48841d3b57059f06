//! Adds to a log what tools leave out: the digest of the plan, and the header of the block that a result is in.

use headgate_domain::text::one_line;
use serde_json::{Value, json};

use super::{PLAN, ScanError, blocks};

/// Adds the digest of the plan's JSON to each run of a log, and to each result the header of the block around its line.
/// `source` returns the text of a file by the URI that the log has.
///
/// # Errors
/// [`ScanError::Form`] if the log is not JSON, and [`ScanError::AnotherPlan`] if it was bound to another plan before. Whether it can be used
/// otherwise, [`super::Scan::parse`] says.
pub fn stamp(
    log: &[u8],
    plan_sha256: &str,
    source: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, ScanError> {
    let log = log.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(log);
    let mut log: Value = serde_json::from_slice(log)?;
    for run in log.get_mut("runs").and_then(Value::as_array_mut).into_iter().flatten() {
        for result in run.get_mut("results").and_then(Value::as_array_mut).into_iter().flatten() {
            let locations = result.get_mut("locations").and_then(Value::as_array_mut);
            let first = locations.and_then(|l| l.first_mut());
            if let Some(place) = first.and_then(|l| l.get_mut("physicalLocation")) {
                quote(place, source);
            }
        }
        bind(run, plan_sha256)?;
    }
    Ok(serde_json::to_vec(&log)?)
}

/// Adds the digest to a run, if it has none.
fn bind(run: &mut Value, plan_sha256: &str) -> Result<(), ScanError> {
    let Some(run) = run.as_object_mut() else { return Ok(()) };
    let properties = run.entry("properties").or_insert_with(|| json!({}));
    let Some(properties) = properties.as_object_mut() else { return Ok(()) };
    let digest = properties.entry(PLAN).or_insert_with(|| plan_sha256.into());
    match digest.as_str() {
        Some(same) if same.eq_ignore_ascii_case(plan_sha256) => Ok(()),
        other => Err(ScanError::AnotherPlan(one_line(other.unwrap_or_default(), 64))),
    }
}

fn quote(place: &mut Value, source: &dyn Fn(&str) -> Option<String>) {
    let quoted = |at: &str| place[at]["snippet"]["text"].as_str().is_some_and(|t| !t.is_empty());
    if quoted("region") || quoted("contextRegion") || !place.is_object() {
        return;
    }
    let line = place["region"]["startLine"].as_u64().and_then(|line| usize::try_from(line).ok());
    let uri = place["artifactLocation"]["uri"].as_str();
    let (Some(line), Some(text)) = (line, uri.and_then(source)) else { return };
    if let Some((at, block)) = around(&text, line) {
        // Only its name: the line may have more, such as a comment.
        let header = blocks::written(&block);
        place["contextRegion"] = json!({ "startLine": at, "snippet": { "text": header } });
    }
}

/// Line and name of the block around a line, both starting at 1. Headers stand at the beginning of a line, as `terraform fmt` writes them.
/// Lines of comments and heredocs do not count.
fn around(text: &str, line: usize) -> Option<(usize, String)> {
    let (mut block, mut heredoc, mut comment) = (None, None::<&str>, false);
    let mut at = 0;
    for text in text.lines() {
        at += 1;
        if let Some(end) = heredoc {
            heredoc = (text.trim() != end).then_some(end);
        } else if comment {
            comment = !text.contains("*/");
        } else {
            if let Some(name) =
                (!text.starts_with([' ', '\t'])).then(|| blocks::header(text)).flatten()
            {
                block = Some((at, name));
            }
            comment = text.rfind("/*").is_some_and(|open| !text[open..].contains("*/"));
            heredoc = text.rsplit_once("<<").map(|(_, word)| word.trim_start_matches('-').trim());
            heredoc = heredoc.filter(|word| {
                !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_')
            });
        }
        if at == line {
            return block;
        }
        if heredoc.is_none() && !comment && text.starts_with('}') {
            block = None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str =
        "resource \"a_b\" \"c\" {\n  x = 1\n\n  y {\n  }\n}\n\nlocals {\n  z = 2\n}\n";

    #[test]
    fn the_block_around_a_line_is_found() {
        for (line, found) in [
            (1, Some(1)),
            (2, Some(1)),
            (5, Some(1)),
            (6, Some(1)),
            (7, None),
            (9, None),
            (99, None),
        ] {
            assert_eq!(around(TEXT, line).map(|(at, _)| at), found, "{line}");
        }
        let hidden = "resource \"a\" \"one\" {\n  x = <<-EOT\nresource \"a\" \"two\" {\n}\n  EOT\n  y = 1 /*\nresource \"a\" \"three\" {\n*/\n  z = 2\n}\n";
        for line in 1..=9 {
            assert_eq!(around(hidden, line), Some((1, "a.one".to_owned())), "{line}");
        }
    }

    #[test]
    fn a_log_is_bound_to_the_plan_and_quotes_blocks() {
        let log = json!({ "version": "2.1.0", "runs": [{
            "tool": { "driver": { "name": "t" } },
            "artifacts": [{ "location": { "uri": "main.tf" }, "hashes": { "sha-256": "0" } }],
            "properties": { "x": 1 },
            "results": [
                { "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "main.tf" }, "region": { "startLine": 2 } } }] },
                { "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "none.tf" }, "region": { "startLine": 2 } } }] },
                { "locations": [] }, { "locations": [{ "physicalLocation": 7 }] }, 5,
            ],
        }, { "tool": 3 }] });
        let source = |uri: &str| (uri == "main.tf").then(|| TEXT.to_owned());
        let out = stamp(log.to_string().as_bytes(), "abc", &source).unwrap();
        let out: Value = serde_json::from_slice(&out).unwrap();
        let run = &out["runs"][0];
        assert_eq!(run["artifacts"], log["runs"][0]["artifacts"]);
        assert_eq!(run["properties"], json!({ "x": 1, PLAN: "abc" }));
        assert_eq!(out["runs"][1]["properties"][PLAN], "abc");
        let again = stamp(out.to_string().as_bytes(), "ABC", &|_| None).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&again).unwrap(), out);
        let other = stamp(out.to_string().as_bytes(), "def", &|_| None);
        assert!(matches!(other, Err(ScanError::AnotherPlan(_))));
        let place = |n: usize| run["results"][n]["locations"][0]["physicalLocation"].clone();
        assert_eq!(place(0)["contextRegion"]["snippet"]["text"], "resource \"a_b\" \"c\" {}");
        assert!(place(1).get("contextRegion").is_none());
        assert!(stamp(b"no", "abc", &source).is_err());
    }
}
