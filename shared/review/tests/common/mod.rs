//! The cases in `policies/tests`: real plans, made by Terraform from the sources beside them.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use headgate_domain::environment::Environment;
use headgate_events::{Agent, Lane};
use headgate_review::{Bundle, Report, Subject, review};
use jiff::Timestamp;
use serde::Deserialize;

/// How a case is reviewed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    env: String,
    #[serde(default)]
    agent: Option<String>,
}

/// One case.
pub struct Case {
    /// Its folder.
    pub path: PathBuf,
    /// Name of the folder.
    pub name: String,
    /// The plan.
    pub plan: Vec<u8>,
    settings: Settings,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/tests").canonicalize().unwrap()
}

/// Every case, by name.
pub fn cases() -> Vec<Case> {
    let folders = std::fs::read_dir(root()).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<_> = folders.filter(|p| p.join("case.json").is_file()).map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(cases.len() >= 18, "only {} cases", cases.len());
    cases
}

fn case(path: PathBuf) -> Case {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let settings = std::fs::read(path.join("case.json")).unwrap();
    let plan = std::fs::read(path.join("plan.json")).unwrap();
    Case { settings: serde_json::from_slice(&settings).unwrap(), path, name, plan }
}

impl Case {
    pub fn review(&self, bundle: &Bundle) -> Report {
        self.review_plan(bundle, &self.plan)
    }

    pub fn review_plan(&self, bundle: &Bundle, plan: &[u8]) -> Report {
        let environment = Environment::profile(&self.settings.env).unwrap();
        let agent = self.settings.agent.as_ref().map(|id| Agent {
            id: id.clone(),
            model: "m".to_owned(),
            human_owner: None,
        });
        let subject = Subject {
            change: None,
            environment: &environment,
            place: None,
            lane: Lane::Execute,
            agent: agent.as_ref(),
            dossier: None,
            estimated_cents: None,
            lane_ceiling: None,
            now: Timestamp::UNIX_EPOCH,
        };
        review(bundle, subject, plan).unwrap()
    }
}

/// A report as lines of text.
pub fn lines(report: &Report) -> String {
    let mut text = format!("{:?} {:?}\n", report.verdict, report.summary);
    for demand in &report.demands {
        text.push_str(&format!("demands {} {:?} for {}\n", demand.people, demand.role, demand.why));
    }
    for f in &report.findings {
        text.push_str(&format!("{:?} {} {}: {}\n", f.severity, f.rule, f.resource, f.message));
    }
    text
}
