//! Walks the schema of the AWS provider: each attribute with a name such as `kms_key`, `public` or `policy` is judged by a row of a table or by
//! a rule, or has a reason in `policies/tools/schema.json` why it is not.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::deploy::Terraform;
use crate::paths;
use crate::progress::output;

/// Names of attributes that may expose, encrypt, log, allow or protect something.
const NAMES: [&str; 10] = [
    "kms_key",
    "encrypt",
    "public",
    "policy",
    "tls",
    "ssl",
    "logging",
    "deletion_protection",
    "deletion_window",
    "skip_final",
];

/// `policies/tools/schema.json`.
#[derive(Deserialize)]
struct Known {
    judged: Vec<Judged>,
    excused: Vec<Excused>,
}

/// Attributes, as regular expressions over `type.path`, that a rule judges.
#[derive(Deserialize)]
struct Judged {
    attributes: String,
    by: String,
}

#[derive(Deserialize)]
struct Excused {
    attributes: String,
    reason: String,
}

/// Fails if an attribute is neither judged nor excused, or if a line of the list is needed no more.
pub fn check(terraform: &Terraform) -> Result<()> {
    let policies = paths::root().join("policies");
    let schema = output(&mut terraform.command(&["providers", "schema", "-json"]))?;
    let schema: Value = serde_json::from_str(&schema)?;
    services(&schema)?;
    let all = attributes(&schema)?;
    let rows = rows(&policies)?;
    let known: Known = serde_json::from_slice(&std::fs::read(policies.join("tools/schema.json"))?)?;
    let rules = std::fs::read_to_string(policies.join("README.md"))?;
    let mut problems = Vec::new();
    for judged in &known.judged {
        if !rules.contains(&format!("`{}`", judged.by)) {
            problems.push(format!("there is no rule {}", judged.by));
        }
    }
    problems.extend(
        known
            .excused
            .iter()
            .filter(|e| e.reason.trim().is_empty())
            .map(|e| format!("{} has no reason", e.attributes)),
    );
    let patterns = known.judged.iter().map(|j| &j.attributes);
    let patterns = patterns.chain(known.excused.iter().map(|e| &e.attributes));
    let patterns = patterns.map(|p| regex::Regex::new(p).context("not a regular expression"));
    let patterns: Vec<_> = patterns.collect::<Result<_>>()?;
    let mut used = vec![false; patterns.len()];
    let mut judged = 0;
    for (kind, path) in &all {
        if rows.iter().any(|(known, row)| known == kind && meet(row, path)) {
            judged += 1;
            continue;
        }
        let name = format!("{kind}.{path}");
        match patterns.iter().position(|pattern| pattern.is_match(&name)) {
            Some(at) => used[at] = true,
            None => problems.push(format!("{name} is neither judged nor excused")),
        }
    }
    let stale = patterns.iter().zip(&used).filter(|(_, used)| !**used);
    problems.extend(stale.map(|(pattern, _)| format!("nothing matches {pattern}")));
    if !problems.is_empty() {
        bail!("policies/tools/schema.json:\n{}", problems.join("\n"));
    }
    eprintln!(
        "   of {} attributes of the provider with such names, tables and maps judge {judged}",
        all.len()
    );
    Ok(())
}

/// Types for which nobody can say which service an apply needs: they make resources of any kind.
const ANY_SERVICE: [&str; 1] = ["aws_cloudcontrolapi_resource"];

/// Fails if an apply would get no credentials for a resource type of the provider, because `shared/core/access/src/services.txt` lacks it.
fn services(schema: &Value) -> Result<()> {
    let aws = aws(schema)?;
    let kinds: BTreeSet<_> =
        ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"]
            .iter()
            .flat_map(|schemas| aws[*schemas].as_object().into_iter().flatten())
            .map(|(kind, _)| kind.as_str())
            .collect();
    let text = std::fs::read_to_string(paths::root().join("shared/core/access/src/services.txt"))?;
    let rows: BTreeSet<_> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    let known = |kind: &str| {
        let name = kind.strip_prefix("aws_").unwrap_or(kind);
        let ends = name.match_indices('_').map(|(at, _)| at).chain([name.len()]);
        ends.into_iter().any(|end| rows.contains(&name[..end]))
    };
    let unknown: Vec<_> = kinds.iter().filter(|kind| !known(kind)).collect();
    if unknown.iter().map(|kind| **kind).ne(ANY_SERVICE) {
        bail!(
            "shared/core/access/src/services.txt must have all of {unknown:?} but {ANY_SERVICE:?}"
        );
    }
    eprintln!(
        "   an apply gets credentials for {} of {} types",
        kinds.len() - unknown.len(),
        kinds.len()
    );
    Ok(())
}

/// The schema of the AWS provider.
fn aws(schema: &Value) -> Result<&Value> {
    let mut providers = schema["provider_schemas"].as_object().into_iter().flatten();
    let aws = providers.find(|(name, _)| name.ends_with("/aws"));
    Ok(aws.context("the schema has no AWS provider")?.1)
}

/// Whether a row judges an attribute, the block around it, or something in it.
fn meet(row: &str, path: &str) -> bool {
    let inside = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    inside(row, path) || inside(path, row)
}

/// Resource type and path of each row, of its conditions, and of the maps from types to arguments in the rules.
fn rows(policies: &std::path::Path) -> Result<BTreeSet<(String, String)>> {
    let mut rows = BTreeSet::new();
    let member = regex::Regex::new("\"(aws_[a-z0-9_]+)\": \"([a-z_]+)\"")?;
    for file in std::fs::read_dir(policies)? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "rego") {
            let text = std::fs::read_to_string(path)?;
            rows.extend(member.captures_iter(&text).map(|m| (m[1].to_owned(), m[2].to_owned())));
        }
    }
    for file in std::fs::read_dir(policies.join("data"))? {
        let table: Value = serde_json::from_slice(&std::fs::read(file?.path())?)?;
        for row in table["rows"].as_array().into_iter().flatten() {
            let conditions =
                row["when"].as_object().into_iter().flatten().map(|(path, _)| path.as_str());
            let paths: Vec<_> = row["path"].as_str().into_iter().chain(conditions).collect();
            for kind in row["types"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                rows.extend(paths.iter().map(|path| (kind.to_owned(), (*path).to_owned())));
            }
        }
    }
    Ok(rows)
}

/// Resource type and path of each attribute that a configuration can set, with a name from the list.
fn attributes(schema: &Value) -> Result<BTreeSet<(String, String)>> {
    let aws = aws(schema)?;
    let mut found = BTreeSet::new();
    for (kind, resource) in aws["resource_schemas"].as_object().into_iter().flatten() {
        walk(kind, &resource["block"], "", &mut found);
    }
    if found.len() < 500 {
        bail!("only {} attributes; the schema has another form than expected", found.len());
    }
    Ok(found)
}

fn walk(kind: &str, block: &Value, prefix: &str, found: &mut BTreeSet<(String, String)>) {
    let meant = |name: &str| NAMES.iter().any(|part| name.contains(part));
    for (name, attribute) in block["attributes"].as_object().into_iter().flatten() {
        let settable = attribute["optional"] == true || attribute["required"] == true;
        if meant(name) && settable {
            found.insert((kind.to_owned(), format!("{prefix}{name}")));
        }
    }
    for (name, nested) in block["block_types"].as_object().into_iter().flatten() {
        if meant(name) {
            found.insert((kind.to_owned(), format!("{prefix}{name}")));
        }
        walk(kind, &nested["block"], &format!("{prefix}{name}."), found);
    }
}
