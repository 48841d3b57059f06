//! `headgate scan`: makes results of Terraform's own checks, and uploads results of a scanner in the caller's own name.

mod terraform;

use std::path::PathBuf;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::content::SARIF;
use headgate_events::Artifact;

use super::{read, submit};
use crate::api::Api;
use crate::args::{Global, Scan, ScanUpload};
use crate::config::Config;
use crate::fail::Failure;
use crate::{output, scans};

pub(super) fn run(config: &Config, global: &Global, args: Scan) -> Result<(), Failure> {
    let ScanUpload { log, plan, dir } = match args {
        Scan::Upload(args) => args,
        Scan::Terraform(args) => return terraform::run(&args),
    };
    let dir = dir.unwrap_or_else(|| PathBuf::from("."));
    let (bytes, runs) = scans::read(&log, &sha256_hex(&read(&plan)?), &dir)?;
    let api = Api::connect(config, global)?;
    let artifact = submit::upload(&api, &(bytes, SARIF))?;
    output::json(&artifact);
    let tools: Vec<_> = runs.iter().map(|run| run.tool.as_str()).collect();
    output::note(format!(
        "uploaded results of {} as {}; propose with `--scan-artifact FILE`, where FILE has the JSON above",
        tools.join(", "),
        uploader(&artifact)
    ));
    Ok(())
}

/// The name that `required_scans` has for the uploader.
fn uploader(artifact: &Artifact) -> &str {
    let path = artifact.uri.split_once("/uploads/scans/").map_or("", |(_, path)| path);
    path.rsplit_once('/').map_or(path, |(by, _)| by)
}
