//! `headgate scan terraform` with a program that ends like Terraform does, well and badly; and reports that `--scan` takes.
#![allow(clippy::unwrap_used)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What Terraform 1.11.4 wrote.
const REPORTS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/core/review/src/scans/reports/fixtures");

/// A report with a warning alone.
const WARNED: &str = r#"{"valid":true,"diagnostics":[{"severity":"warning","summary":"old"}]}"#;

/// A folder with a program `terraform`, which is deleted at the end.
struct Folder(PathBuf);

impl Folder {
    /// `fmt`, `validate` and `test` are shell commands.
    fn with(name: &str, fmt: &str, validate: &str, test: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("headgate-scan-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let program = dir.join("terraform");
        let script = format!(
            "#!/bin/sh\ncase \"$1\" in\nfmt) {fmt} ;;\nvalidate) {validate} ;;\ntest) {test} ;;\nesac\n"
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        Self(dir)
    }

    fn scan(&self, more: &[&str]) -> (i32, String, String) {
        let program = self.0.join("terraform");
        let mut all =
            vec!["scan", "terraform", "--dir", text(&self.0), "--terraform", text(&program)];
        all.extend(more);
        headgate(&all)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn headgate(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_headgate"))
        .args(args)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn cat(report: &str) -> String {
    format!("cat {REPORTS}/{report}")
}

#[test]
fn the_results_of_all_checks_are_one_log() {
    let validate = format!("{}; exit 1", cat("validate-fails.json"));
    let folder = Folder::with("all", "echo main.tf; exit 3", &validate, &cat("test-passes.json"));
    let (code, out, said) = folder.scan(&["--test"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "terraform fmt found problems",
            "terraform validate found problems",
            "terraform test passed"
        ]
    );
    let log: Value = serde_json::from_str(&out).unwrap();
    let runs = log["runs"].as_array().unwrap();
    let of = |run: &Value| {
        let tool = run["tool"]["driver"]["name"].as_str().unwrap().to_owned();
        (tool, run["results"].as_array().unwrap().len())
    };
    let found: Vec<_> = runs.iter().map(of).collect();
    let known = [("terraform-fmt", 1), ("terraform-validate", 1), ("terraform-test", 0)];
    assert_eq!(found, known.map(|(tool, results)| (tool.to_owned(), results)));
    let file = folder.0.join("checks.sarif");
    assert_eq!(folder.scan(&["--out", text(&file)]).0, 0);
    let (code, report) = review(&file);
    assert_eq!(code, 1);
    assert_eq!(report["verdict"], "revise");
    let findings = report["findings"].as_array().unwrap();
    let of = |rule: &str| findings.iter().find(|f| f["rule"] == rule).unwrap()["severity"].clone();
    assert_eq!(of("scan.terraform-validate.error"), "error");
    assert_eq!(of("scan.terraform-fmt.unformatted"), "warning");
}

fn review(log: &Path) -> (i32, Value) {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/tests/data-pass/plan.json");
    let (code, out, said) =
        headgate(&["review", plan, "--env", "prod", "--json", "--scan", text(log)]);
    (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {said}")))
}

/// It prints nothing then, as when everything is formatted.
#[test]
fn a_format_check_that_breaks_off_passes_nothing() {
    let folder = Folder::with("broken", "exit 2", &cat("validate-passes.json"), "exit 1");
    let file = folder.0.join("checks.sarif");
    let (code, _, said) = folder.scan(&["--out", text(&file)]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("terraform fmt did not come to its end"), "{said}");
    let (code, report) = review(&file);
    assert_eq!(code, 1);
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["rule"] == "scan.incomplete"), "{findings:?}");
}

#[test]
fn a_check_without_a_report_is_an_error() {
    for (name, validate, args, part) in [
        ("silent", "true", &[][..], "unknown output"),
        ("killed", "kill -9 $$", &[], "exit code None"),
        ("words", "echo Error; echo no backend >&2; exit 1", &[], "no backend"),
        ("slow", "exec sleep 60", &["--timeout", "1"], "exit code None"),
        // A wrapper whose child keeps the pipe open.
        ("wrapped", "sleep 60; true", &["--timeout", "1"], "exit code None"),
        ("denied", &format!("{}; exit 1", cat("validate-passes.json")), &[], "but reports none"),
        ("warned", &format!("echo '{WARNED}'; exit 1"), &[], "but reports none"),
    ] {
        let folder = Folder::with(name, "true", validate, "exit 1");
        let (code, out, said) = folder.scan(args);
        assert_eq!((code, out.as_str()), (2, ""), "{name}: {said}");
        assert!(said.contains("terraform validate` wrote no report"), "{name}: {said}");
        assert!(said.contains(part), "{name}: {said}");
    }
    let (code, _, said) = headgate(&["scan", "terraform", "--terraform", "/no/such/program"]);
    assert_eq!(code, 2);
    assert!(said.contains("cannot run /no/such/program"), "{said}");
}

#[test]
fn reports_of_terraform_are_scans() {
    for (report, rule) in [
        ("validate-fails.json", "scan.terraform-validate.error"),
        ("test-fails.json", "scan.terraform-test.failed"),
        ("test-none.json", "scan.terraform-test.no-tests"),
        ("junit.xml", "scan.junit.failed"),
    ] {
        let (code, found) = review(&Path::new(REPORTS).join(report));
        assert_eq!(code, 1, "{report}");
        let findings = found["findings"].as_array().unwrap();
        assert!(findings.iter().any(|f| f["rule"] == rule), "{report}: {findings:?}");
    }
    for report in ["validate-passes.json", "test-passes.json"] {
        assert_eq!(review(&Path::new(REPORTS).join(report)).0, 0, "{report}");
    }
}
