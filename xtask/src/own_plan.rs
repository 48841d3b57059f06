//! The fleet's own plan, made by Terraform and reviewed like any other plan for prod. What is waived has its reason in
//! `terraform/environments/sandbox/policies/settings.json`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::build;
use crate::deploy::Terraform;
use crate::emulator::{self, Kind};
use crate::paths;
use crate::progress::{logged, output, step};
use crate::provider_schema;

/// Account of the emulator.
const ACCOUNT: &str = "000000000000";
/// What the plan of the sandbox needs to become one for prod, without a backend.
const FOR_PROD: &str = r#"
terraform {
  backend "local" {}
}

provider "aws" {
  default_tags {
    tags = { Environment = "prod", Project = "headgate", Owner = var.owner, ManagedBy = "terraform" }
  }
}

resource "aws_sns_topic" "alarms" {
  name = "headgate-prod-alarms"
}

module "fleet" {
  environment = "prod"
}
"#;

/// Builds the review, and runs it.
pub fn run() -> Result<()> {
    build::zips()?;
    check()
}

/// Plans the fleet for prod, and fails if the review would send the plan back.
pub fn check() -> Result<()> {
    let work = paths::home().join("own-plan");
    std::fs::create_dir_all(&work)?;
    let root = paths::root().join("terraform");
    let copy = work.join("environments/sandbox");
    // Without what an earlier run copied and the environment has no more.
    if copy.exists() {
        std::fs::remove_dir_all(&copy)?;
    }
    copy_files(&root.join("environments/sandbox"), &copy)?;
    std::fs::write(copy.join("prod_override.tf"), FOR_PROD)?;
    let modules = work.join("modules");
    if !modules.exists() {
        std::os::unix::fs::symlink(root.join("modules"), modules)?;
    }
    let variables = work.join("prod.tfvars.json");
    std::fs::write(&variables, variables_of_prod().to_string())?;
    // The provider has AWS check the definition of the state machine, and asks for its own account.
    let running = emulator::start(Kind::Ministack, &work.join("emulator"), &[])?;
    let endpoint = format!("http://127.0.0.1:{}", running.port);
    let planned = Terraform::new(&copy, &work, Some(&endpoint)).and_then(|terraform| {
        let plan = step("planning the fleet for prod", || made(&terraform, &work, &variables))?;
        Ok((terraform, plan))
    });
    emulator::stop(&running)?;
    let (terraform, plan) = planned?;
    step("reviewing it", || reviewed(&plan, &root))?;
    // Here, because the provider is installed here.
    step("walking the schema of the provider", || provider_schema::check(&terraform))
}

fn variables_of_prod() -> Value {
    json!({
        "account_id": ACCOUNT,
        "region": "eu-central-1",
        "owner": "platform",
        "code": { "zip_dir": paths::root().join("terraform/modules/fleet/tests/zips") },
        "oidc": {
            "issuer": "https://issuer.example.com/", "audience": "headgate",
            "jwks": "https://issuer.example.com/jwks.json", "person": { "claim": "amr", "values": ["mfa"] },
        },
        "senders": { "agents": { "terraform-bot": {
            "role_arn": format!("arn:aws:iam::{ACCOUNT}:role/terraform-bot"),
            "human_owner": "dana@example.com", "models": ["claude"],
        } } },
        "models": { "claude": {
            "bedrock": {
                "model_id": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "resources": ["arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0"],
            },
            "price": { "input": 3, "output": 15 },
        } },
        "environments": [{
            "name": "prod", "account": ACCOUNT, "region": "eu-central-1", "monthly_cost_limit_cents": 0,
            "gate": {
                "quorum": 2, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 86400,
            },
        }],
    })
}

/// Returns the path of the plan as JSON.
fn made(terraform: &Terraform, work: &Path, variables: &Path) -> Result<std::path::PathBuf> {
    logged(&mut terraform.command(&["init", "-input=false", "-no-color"]), &work.join("init.log"))?;
    let plan = work.join("plan.out").display().to_string();
    let (out, from) = (format!("-out={plan}"), format!("-var-file={}", variables.display()));
    let args = ["plan", "-input=false", "-no-color", "-lock=false", &out, &from];
    logged(&mut terraform.command(&args), &work.join("plan.log"))?;
    let json = output(&mut terraform.command(&["show", "-json", &plan]))?;
    let path = work.join("plan.json");
    std::fs::write(&path, json)?;
    Ok(path)
}

/// Fails if the review does not pass, and shows what it found.
fn reviewed(plan: &Path, terraform: &Path) -> Result<()> {
    let mut review = Command::new(build::headgate());
    review.args(["review", "--env", "prod", "--json", "--policies"]);
    review.arg(terraform.join("environments/sandbox/policies")).arg(plan);
    // A verdict other than `pass` is an exit code, too.
    let out = review.output()?.stdout;
    let report: Value = serde_json::from_slice(&out).context("the review printed no report")?;
    let findings = report["findings"].as_array().context("the review printed no findings")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let blocking = |f: &&Value| f["severity"] == "error" || f["severity"] == "critical";
    let found: Vec<_> = findings
        .iter()
        .filter(blocking)
        .map(|f| format!("{}: {}", text(&f["rule"]), text(&f["message"])))
        .collect();
    if report["verdict"] == "pass" && found.is_empty() {
        return Ok(());
    }
    bail!("the fleet's own plan would be sent back:\n{}", found.join("\n"))
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)?.flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
