//! `headgate change evidence`: downloads the evidence of a change and checks it.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use headgate_api_types::changes::{Change, Evidence};
use headgate_domain::canonical::sha256_hex;
use headgate_domain::content::{PLAN_FILE, VALUES};
use headgate_events::{Artifact, ChangeId};
use serde_json::json;

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// Codes of evidence that is not handed out.
pub(super) const WITHHELD: [&str; 4] =
    ["plan_withheld", "plan_file_withheld", "values_withheld", "evidence_unbound"];

pub(super) fn run(
    config: &Config,
    global: &Global,
    change: &ChangeId,
    to: &Path,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get::<Change>(&format!("/v1/changes/{change}"))?.value;
    let evidence = shown.proposed.map(|p| p.dossier.evidence).unwrap_or_default();
    std::fs::create_dir_all(to).map_err(|e| problem(to, &e))?;
    let mut rows = Vec::new();
    // Sensitive values are in clear in a plan file, and in values of variables.
    let withheld = [PLAN_FILE, VALUES];
    for artifact in evidence.iter().filter(|a| !withheld.contains(&a.media_type.as_str())) {
        let name = file_name(artifact);
        match download(&api, change, artifact) {
            Ok(content) => write(&to.join(&name), &content)?,
            // A plan that is listed as evidence must not keep the rest from being read.
            Err(failure) if failure.is_one_of(&WITHHELD) => {
                failure.warn();
                continue;
            }
            Err(failure) => return Err(failure),
        }
        rows.push((to.join(name).display().to_string(), artifact));
    }
    if global.json {
        let files =
            rows.iter().map(|(file, artifact)| json!({ "file": file, "artifact": artifact }));
        output::json(&json!({ "files": files.collect::<Vec<_>>() }));
        return Ok(());
    }
    if rows.is_empty() {
        output::line(format!("{change} has no evidence to download"));
        return Ok(());
    }
    let row = |(file, artifact): (String, &Artifact)| {
        vec![file, artifact.bytes.to_string(), artifact.media_type.clone(), artifact.sha256.clone()]
    };
    let header = ["file", "bytes", "media type, as proposed", "SHA-256"];
    output::table(&header, rows.into_iter().map(row).collect());
    Ok(())
}

/// Name of the file. Only what is plain text gets an ending that a desktop opens.
pub(super) fn file_name(artifact: &Artifact) -> String {
    let ending = match artifact.media_type.as_str() {
        "application/json" => "json",
        "text/plain" => "txt",
        "text/markdown" => "md",
        _ => "bin",
    };
    let digest: String = artifact.sha256.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    format!("{digest}.{ending}")
}

fn download(api: &Api, change: &ChangeId, artifact: &Artifact) -> Result<Vec<u8>, Failure> {
    let Artifact { sha256, bytes, .. } = artifact;
    let path = format!("/v1/changes/{change}/evidence/{}", crate::uri::segment(sha256));
    let found = api.get::<Evidence>(&path)?.value;
    let content = api.download(&found.url, *bytes)?;
    if sha256_hex(&content) != *sha256 {
        return Err(Failure::Refused(format!(
            "the evidence with SHA-256 {sha256} was replaced after it was proposed; do not approve the change, and tell an operator"
        )));
    }
    Ok(content)
}

/// Writes a new file. A file that is there already must have this content.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(content).map_err(|e| problem(path, &e)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let known = std::fs::read(path).map_err(|e| problem(path, &e))?;
            if known == content {
                return Ok(());
            }
            let exists = "exists with another content; choose another folder with --to";
            Err(Failure::Usage(format!("{}: {exists}", path.display())))
        }
        Err(error) => Err(problem(path, &error)),
    }
}

pub(super) fn problem(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_of_files_stay_in_the_folder() {
        let name = |sha256: &str, media_type: &str| {
            let (sha256, media_type) = (sha256.to_owned(), media_type.to_owned());
            file_name(&Artifact { uri: String::new(), sha256, bytes: 0, media_type })
        };
        assert_eq!(name(&"ab".repeat(32), "text/plain"), "abababababababab.txt");
        assert_eq!(name("../../.profile", "text/html"), "fe.bin");
    }

    #[test]
    fn a_file_is_never_replaced() {
        let path = std::env::temp_dir().join(format!("headgate-test-{}", uuid::Uuid::new_v4()));
        write(&path, b"one").unwrap();
        write(&path, b"one").unwrap();
        assert!(write(&path, b"two").unwrap_err().message().contains("--to"));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        std::fs::remove_file(&path).unwrap();
    }
}
