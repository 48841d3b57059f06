//! Checkov over the Terraform modules. `terraform/checkov.json` has the reason for each check that we do not follow.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::paths;
use crate::progress::step;
use crate::tools;

/// Fails if a module fails a check that has no reason, or if a reason is needed no more.
pub fn check() -> Result<()> {
    let venv = tools::checkov()?;
    let terraform = paths::root().join("terraform");
    let reasons = std::fs::read(terraform.join("checkov.json"))?;
    let reasons: BTreeMap<String, String> = serde_json::from_slice(&reasons)?;
    let failed = step("Checkov", || {
        let mut checkov = Command::new(venv.join("bin/checkov"));
        checkov.current_dir(&terraform).args([
            "--directory",
            "modules",
            "--framework",
            "terraform",
        ]);
        // `--skip-download`: no rules from elsewhere, only those of this version.
        checkov.args(["--compact", "--quiet", "--skip-download", "--output", "json"]);
        // Failed checks are an exit code, too.
        let said = checkov.output()?;
        let report = serde_json::from_slice(&said.stdout).with_context(|| {
            format!("Checkov printed no report: {}", String::from_utf8_lossy(&said.stderr))
        })?;
        failed(&report)
    })?;
    let mut problems = Vec::new();
    for (check, (what, at)) in &failed {
        if !reasons.contains_key(check) {
            let at: Vec<_> = at.iter().map(String::as_str).collect();
            problems.push(format!("{check}: {what}: {}", at.join(", ")));
        }
    }
    let stale = reasons.keys().filter(|check| !failed.contains_key(*check));
    problems.extend(stale.map(|check| format!("{check} passes now; remove it from checkov.json")));
    if problems.is_empty() {
        return Ok(());
    }
    bail!("fix these, or give the reason in terraform/checkov.json:\n{}", problems.join("\n"))
}

type Failed = BTreeMap<String, (String, BTreeSet<String>)>;

/// Failed checks by id, with their names and resources.
fn failed(report: &Value) -> Result<Failed> {
    let results = &report["results"];
    let count = report["summary"]["resource_count"].as_u64().unwrap_or_default();
    let (Some(checks), true) = (results["failed_checks"].as_array(), count > 100) else {
        bail!("Checkov read only {count} resources; its report has another form than expected");
    };
    let mut failed = Failed::new();
    for check in checks {
        let text = |key: &str| check[key].as_str().unwrap_or_default().to_owned();
        let (_, at) =
            failed.entry(text("check_id")).or_insert_with(|| (text("check_name"), BTreeSet::new()));
        at.insert(format!("{}: {}", text("file_path").trim_start_matches('/'), text("resource")));
    }
    let errors = report["summary"]["parsing_errors"].as_u64();
    if errors != Some(0) {
        bail!("Checkov could not parse {errors:?} files");
    }
    Ok(failed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::failed;

    #[test]
    fn a_report_about_nothing_is_no_good_news() {
        let of = |count: u32, errors: u32| {
            let check = json!({ "check_id": "CKV_1", "check_name": "n", "file_path": "/a.tf", "resource": "x.y" });
            let summary = json!({ "resource_count": count, "parsing_errors": errors });
            failed(&json!({ "summary": summary, "results": { "failed_checks": [check] } }))
        };
        assert!(of(0, 0).is_err() && of(200, 1).is_err() && failed(&json!([])).is_err());
        let found = of(200, 0).unwrap();
        assert_eq!(found["CKV_1"].1.first().unwrap(), "a.tf: x.y");
    }
}
