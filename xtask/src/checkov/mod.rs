//! Checkov, a scanner that we did not write: over our Terraform modules, and beside our policies.

mod coverage;
mod modules;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::tools;

/// Runs both checks.
pub fn check() -> Result<()> {
    modules::check()?;
    coverage::check()
}

/// A failed check.
struct Failed {
    /// Its id, such as `CKV_AWS_18`.
    check: String,
    /// Its name.
    name: String,
    /// The file, relative to the folder.
    file: String,
    /// Address of the resource.
    resource: String,
}

/// Checks the Terraform sources in a folder, by no rules but those of this version.
fn failed(folder: &Path) -> Result<Vec<Failed>> {
    let venv = tools::checkov()?;
    let mut checkov = Command::new(venv.join("bin/checkov"));
    checkov.args(["--framework", "terraform", "--compact", "--quiet", "--skip-download"]);
    checkov.args(["--output", "json", "--directory"]).arg(folder);
    // Failed checks are an exit code, too.
    let said = checkov.output()?;
    let report = serde_json::from_slice(&said.stdout).with_context(|| {
        format!("Checkov printed no report: {}", String::from_utf8_lossy(&said.stderr))
    })?;
    read(&report)
}

fn read(report: &Value) -> Result<Vec<Failed>> {
    let count = report["summary"]["resource_count"].as_u64().unwrap_or_default();
    let (Some(checks), true) = (report["results"]["failed_checks"].as_array(), count > 100) else {
        bail!("Checkov read only {count} resources; its report has another form than expected");
    };
    let errors = report["summary"]["parsing_errors"].as_u64();
    if errors != Some(0) {
        bail!("Checkov could not parse {errors:?} files");
    }
    let one = |check: &Value| {
        let text = |key: &str| check[key].as_str().unwrap_or_default().to_owned();
        Failed {
            check: text("check_id"),
            name: text("check_name"),
            file: text("file_path").trim_start_matches('/').to_owned(),
            resource: text("resource"),
        }
    };
    Ok(checks.iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::read;

    #[test]
    fn a_report_about_nothing_is_no_good_news() {
        let of = |count: u32, errors: u32| {
            let check = json!({ "check_id": "CKV_1", "file_path": "/a.tf", "resource": "x.y" });
            let summary = json!({ "resource_count": count, "parsing_errors": errors });
            read(&json!({ "summary": summary, "results": { "failed_checks": [check] } }))
        };
        assert!(of(0, 0).is_err() && of(200, 1).is_err() && read(&json!([])).is_err());
        let found = of(200, 0).unwrap();
        assert_eq!((found[0].file.as_str(), found[0].resource.as_str()), ("a.tf", "x.y"));
    }
}
