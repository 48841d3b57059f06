//! Holds a deployed fleet to `openapi.json` with Schemathesis.
//!
//! Schemathesis sends requests that fit the document and requests that do not, and compares every answer with it: no 5xx,
//! no undocumented status, header or body. It sends them twice: with random ids, which mostly exist nowhere, and with
//! the ids of things that the stories left in the fleet.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::progress::{logged, output, step};
use crate::stack::{Stack, headgate};
use crate::state::Deployed;
use crate::{paths, tools};

/// A local principal with every role, so that requests get past the checks of roles.
const PRINCIPAL: &str = "tess";
/// Random requests for each operation, besides those that cover each parameter and member of a body.
const EXAMPLES: &str = "10";
/// Seed of the random requests, so that a change fails only for what it changed. Set `HEADGATE_SEED` to try others.
const SEED: &str = "207512273720628638546747523950325103139";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

/// Runs Schemathesis against the fleet.
pub fn contract(stack: &Stack, deployed: &Deployed) -> Result<()> {
    let token = std::fs::read_to_string(deployed.token_dir.join(format!("{PRINCIPAL}.jwt")))?;
    let dir = stack.dir.join("contract");
    std::fs::create_dir_all(&dir)?;
    let run = |name: &str, config: &str, paths: &[&str]| {
        let folder = dir.join(name);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("schemathesis.toml"), config)?;
        step(&format!("schemathesis: {name} ids"), || {
            let log = dir.join(format!("{name}.log"));
            let mut command = schemathesis(deployed, &folder, token.trim())?;
            command.args(paths.iter().flat_map(|path| ["--include-path", *path]));
            logged(&mut command, &log)
        })
    };
    run("random", "", &[])?;
    let known = known(stack, deployed)?;
    let mut config = String::new();
    for (path, name, id) in &known {
        write!(
            config,
            "[[operations]]\ninclude-path = \"{path}\"\nparameters = {{ \"path.{name}\" = \"{id}\" }}\n\n"
        )?;
    }
    let paths: Vec<_> = known.iter().map(|(path, ..)| *path).collect();
    run("known", &config, &paths)
}

fn schemathesis(deployed: &Deployed, folder: &Path, token: &str) -> Result<Command> {
    let mut command = Command::new(tools::venv()?.join("bin/schemathesis"));
    command
        .current_dir(folder)
        .arg("run")
        .arg(paths::root().join("openapi.json"))
        .args(["--url", &deployed.api, "--header", &format!("Authorization: Bearer {token}")])
        // One worker: the parser of Python 3.11 fails now and then if two threads use it.
        .args(["--checks", CHECKS, "--max-examples", EXAMPLES, "--workers", "1"])
        .args(["--seed", &std::env::var("HEADGATE_SEED").unwrap_or_else(|_| SEED.to_owned())])
        .args(["--phases", "examples,coverage,fuzzing", "--request-timeout", "30"])
        .args(["--continue-on-failure", "--no-color", "--warnings", "off"]);
    Ok(command)
}

/// Paths, the name of their parameter, and an id that exists.
type Known = Vec<(&'static str, &'static str, String)>;

fn known(stack: &Stack, deployed: &Deployed) -> Result<Known> {
    let ask = |args: &[&str]| -> Result<Value> {
        let mut command = headgate(deployed, &stack.config_file());
        let text = output(command.args(args).args(["--as", PRINCIPAL, "--json"]))?;
        Ok(serde_json::from_str(&text)?)
    };
    let text = |value: &Value| -> Result<String> {
        Ok(value.as_str().context("the stories left nothing to ask for")?.to_owned())
    };
    let changes = ask(&["change", "list", "--limit", "1"])?;
    let change = &changes["changes"][0];
    let runs = ask(&["eval", "list", "--limit", "1"])?;
    let groups = ask(&["dlq", "list", "--limit", "1"])?;
    let fingerprint = text(&groups["groups"][0]["group"]["fingerprint"])?;
    Ok(vec![
        ("/v1/changes/{id}", "id", text(&change["change_id"])?),
        ("/v1/changes/{id}/plan", "id", text(&change["change_id"])?),
        ("/v1/changes/{id}/evidence/{sha256}", "id", text(&change["change_id"])?),
        ("/v1/changes/{id}/files", "id", text(&change["change_id"])?),
        ("/v1/changes/{id}/decisions", "id", text(&change["change_id"])?),
        ("/v1/changes/{id}/permits", "id", text(&change["change_id"])?),
        ("/v1/engagements/{id}", "id", text(&change["engagement_id"])?),
        ("/v1/engagements/{id}/deliverables", "id", text(&change["engagement_id"])?),
        ("/v1/engagements/{id}/timeline", "id", text(&change["engagement_id"])?),
        ("/v1/engagements/{id}/metrics", "id", text(&change["engagement_id"])?),
        ("/v1/scorecards/{principal}", "principal", "terraform-bot".to_owned()),
        ("/v1/evaluations/{id}", "id", text(&runs["evaluations"][0]["run_id"])?),
        ("/v1/evaluations/{id}/cases", "id", text(&runs["evaluations"][0]["run_id"])?),
        ("/v1/evaluations/{id}/report", "id", text(&runs["evaluations"][0]["run_id"])?),
        ("/v1/quarantine/{fingerprint}", "fingerprint", fingerprint.clone()),
        ("/v1/quarantine/{fingerprint}/redrive", "fingerprint", fingerprint.clone()),
        ("/v1/quarantine/{fingerprint}/discard", "fingerprint", fingerprint),
    ])
}
