//! `headgate review`: the JSON contract for programs, and the output for people.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

fn plans() -> String {
    format!("{}/../policies/tests", env!("CARGO_MANIFEST_DIR"))
}

fn plan(case: &str) -> String {
    format!("{}/{case}/plan.json", plans())
}

/// Runs `headgate review` with an empty environment. Returns the exit code, stdout and stderr.
fn review(args: &[&str], stdin: Option<&[u8]>) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headgate"));
    command.arg("review").args(args).env_clear().current_dir(std::env::temp_dir());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.unwrap_or_default()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(case: &str, args: &[&str]) -> (i32, Value) {
    let plan = plan(case);
    let args = [&[plan.as_str(), "--json"], args].concat();
    let (code, out, error) = review(&args, None);
    assert_eq!(error, "");
    (code, serde_json::from_str(&out).unwrap())
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn programs_get_verdict_hashes_summary_and_findings() {
    let (code, report) = json("iam-fail", &["--env", "prod"]);
    assert_eq!((code, &report["verdict"]), (1, &Value::from("block")));
    assert_eq!(
        keys(&report),
        ["access", "content_hash", "findings", "plan_hash", "summary", "verdict"]
    );
    assert_eq!(keys(&report["summary"]), ["create", "delete", "replace", "update"]);
    let finding = &report["findings"][0];
    assert_eq!(keys(finding), ["fix", "message", "resource", "rule", "severity"]);
    for hash in ["plan_hash", "content_hash"] {
        let hash = report[hash].as_str().unwrap();
        assert!(hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{hash}");
    }
    let (code, report) = json("data-fail", &["--env", "prod"]);
    assert_eq!((code, &report["verdict"]), (1, &Value::from("revise")));
    let (code, report) = json("data-pass", &["--env", "prod"]);
    assert_eq!((code, &report["verdict"]), (0, &Value::from("pass")));
    // The same input gives the same report. Another environment changes only the content hash, not the plan
    // hash.
    assert_eq!(json("data-pass", &["--env", "prod"]).1, report);
    let (_, staging) = json("data-pass", &["--env", "staging"]);
    assert_eq!(staging["plan_hash"], report["plan_hash"]);
    assert_ne!(staging["content_hash"], report["content_hash"]);
}

#[test]
fn addresses_are_those_of_terraform() {
    let (_, report) = json("network-fail", &["--env", "prod"]);
    let addresses = report["findings"].as_array().unwrap().iter().map(|f| f["resource"].as_str());
    assert!(addresses.flatten().any(|a| a == "module.database.aws_db_subnet_group.this"));
}

#[test]
fn input_that_cannot_be_read_is_2_with_one_line() {
    let bad = |args: &[&str], stdin: &[u8]| {
        let (code, out, error) = review(args, Some(stdin));
        assert_eq!((code, out.as_str()), (2, ""), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        error
    };
    let stdin = ["-", "--env", "prod", "--json"];
    assert_eq!(
        bad(&stdin, br#"{"format_version":"9.9","planned_values":{}}"#),
        "headgate: -: plan format 9.9 is unknown; this build reads 0.1, 0.2, 1.0, 1.1 and 1.2\n"
    );
    assert!(bad(&stdin, b"").contains("EOF while parsing a value"));
    assert!(bad(&stdin, b"PK\x03\x04").contains("this is the binary plan file, not a plan"));
    assert!(bad(&["/nowhere/plan.json", "--env", "prod"], b"").contains("No such file"));
    assert!(bad(&[&plans(), "--env", "prod"], b"").contains("Is a directory"));
    let plan = plan("data-pass");
    assert_eq!(
        bad(&[&plan, "--env", "moon"], b""),
        "headgate: unknown environment `moon`; known: local, sandbox, dev, staging, prod; to use your own, \
         pass --profiles FILE\n"
    );
    let with = |option: &str, file: &str| bad(&[&plan, "--env", "prod", option, file], b"");
    assert!(with("--cost", &plan).contains("the estimate has no monthly total"));
    assert!(with("--profiles", &plan).contains("invalid type: map"));
    assert!(with("--policies", "/nowhere").contains("/nowhere cannot be read"));
}

#[test]
fn a_plan_may_come_from_standard_input_and_be_too_large() {
    let bytes = std::fs::read(plan("data-pass")).unwrap();
    let (code, out, _) = review(&["-", "--env", "prod"], Some(&bytes));
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("pass for prod: 39 to create\n"), "{out}");
    assert!(out.contains("gate: requires 2 approvals from `approver` or `operator`"), "{out}");
    let file = std::env::temp_dir().join(format!("headgate-large-{}.json", std::process::id()));
    std::fs::write(&file, vec![b' '; 20 * 1024 * 1024 + 1]).unwrap();
    let (code, _, error) = review(&[file.to_str().unwrap(), "--env", "prod"], None);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(code, 2);
    assert!(error.ends_with("larger than 20 MiB\n"), "{error}");
}

#[test]
fn cost_profiles_policies_and_agents_are_taken_into_account() {
    let dir = std::env::temp_dir().join(format!("headgate-review-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let cost = write("cost.json", r#"{"diffTotalMonthlyCost": "1000.01"}"#);
    let (code, report) = json("data-pass", &["--env", "prod", "--cost", &cost]);
    assert_eq!((code, &report["findings"][0]["rule"]), (1, &Value::from("guards.cost_limit")));
    let profiles = write(
        "profiles.json",
        r#"[{"name": "live", "class": "prod", "account": "1", "region": "eu-central-1", "monthly_cost_limit_cents": 100001,
            "gate": {"quorum": 2, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 60}}]"#,
    );
    let own = ["--env", "live", "--profiles", &profiles];
    let (code, _) = json("data-pass", &[&own[..], &["--cost", &cost]].concat());
    assert_eq!(code, 0);
    // Rules for production apply to all environments of class `prod`.
    let (_, report) = json("data-fail", &own);
    assert!(report.to_string().contains("data.deletion_protection"));
    let (code, report) = json("agents-person", &["--env", "prod", "--agent", "bot"]);
    assert_eq!((code, &report["verdict"]), (1, &Value::from("block")));
    let (code, report) = json("data-pass", &["--env", "prod", "--lane", "read-only"]);
    assert_eq!((code, &report["findings"][0]["rule"]), (1, &Value::from("guards.lane")));
    write(
        "team.rego",
        "package team\nimport rego.v1\nfindings contains {\"rule\": \"team.x\", \
        \"severity\": \"critical\", \"resource\": \"r\", \"message\": \"m\", \"fix\": \"f\"}\n",
    );
    let (code, report) = json("data-pass", &["--env", "prod", "--policies", dir.to_str().unwrap()]);
    assert_eq!((code, &report["findings"][0]["rule"]), (1, &Value::from("team.x")));
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn code_scanning_gets_sarif() {
    let plan = plan("network-fail");
    let (code, out, _) = review(&[&plan, "--env", "prod", "--format", "sarif"], None);
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        let location = &result["locations"][0];
        assert!(location["logicalLocations"][0]["fullyQualifiedName"].is_string());
        assert_eq!(location["physicalLocation"]["region"]["startLine"], 1);
    }
}

#[test]
fn a_pull_request_gets_markdown_that_a_plan_cannot_break() {
    let mut plan: Value =
        serde_json::from_slice(&std::fs::read(plan("terraform-fail")).unwrap()).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        if change["change"]["after"]["name"] == "shop-prod" {
            change["change"]["after"]["name"] = "a|b\\|\n# @all <img src=x> [x](y) `c`".into();
        }
    }
    let bytes = plan.to_string().into_bytes();
    let (code, out, _) = review(&["-", "--env", "prod", "--format", "markdown"], Some(&bytes));
    assert_eq!(code, 1);
    assert!(out.starts_with("### Headgate: revise for `prod`\n\n13 to create."), "{out}");
    let row = out.lines().find(|l| l.contains("aws_sns_topic.too_short")).unwrap();
    assert!(
        row.contains(r"a&#124;b&#92;&#92;&#124;&#92;n# &#64;all &lt;img src=x&gt; &#91;x](y) 'c'"),
        "{row}"
    );
    assert!(out.contains("Requires 2 approvals from `approver` or `operator`"), "{out}");
}
