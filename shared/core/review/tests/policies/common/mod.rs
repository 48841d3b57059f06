//! The cases in `policies/tests`: real plans, made by Terraform from the sources beside them.
#![allow(dead_code, clippy::unwrap_used)]

pub mod proposals;
pub mod scanned;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use headgate_domain::canonical::sha256_hex;
use headgate_domain::environment::Environment;
use headgate_events::{Agent, Lane};
use headgate_review::{
    Bundle, Demand, Report, ReviewError, Scan, Subject, ValuesFile, review, stamp,
};
use jiff::Timestamp;
use serde::Deserialize;

/// How a case is reviewed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    env: String,
    #[serde(default)]
    agent: Option<String>,
    /// Account of the environment. Without it, no account is foreign.
    #[serde(default)]
    account: Option<String>,
    /// Region of the environment. Without it, a provider may work anywhere.
    #[serde(default)]
    region: Option<String>,
    /// Lane of the change, `execute` by default.
    #[serde(default)]
    lane: Option<Lane>,
    /// The case whose plan it uses, with other settings.
    #[serde(default)]
    of: Option<String>,
    /// Logs of scanners in its folder, with their uploaders.
    #[serde(default)]
    scans: BTreeMap<String, Option<String>>,
    /// Values of variables in its folder, by file.
    #[serde(default)]
    values: Vec<String>,
    /// Why the plan was written by hand.
    #[serde(default)]
    by_hand: Option<String>,
}

/// Settings of the team whose plans these are.
pub fn team() -> (String, String) {
    let settings = std::fs::read_to_string(root().join("settings.json")).unwrap();
    ("settings.json".to_owned(), settings)
}

/// The bundle that the cases are reviewed with.
pub fn bundle() -> Bundle {
    Bundle::with(&[team()]).unwrap()
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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies/tests").canonicalize().unwrap()
}

/// Every case, by name.
pub fn cases() -> Vec<Case> {
    let folders = std::fs::read_dir(root()).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<_> = folders.filter(|p| p.join("case.json").is_file()).map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(cases.len() >= 18, "only {} cases", cases.len());
    cases
}

/// The cases of the corpus: each is many small sources that are planned together.
pub fn corpus() -> Vec<Case> {
    let folders = std::fs::read_dir(root().join("../corpus")).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<_> = folders.filter(|p| p.join("case.json").is_file()).map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The plan in a folder, packed or not.
fn plan(folder: &Path) -> Vec<u8> {
    let packed = folder.join("plan.json.gz");
    if !packed.is_file() {
        return std::fs::read(folder.join("plan.json")).unwrap();
    }
    let mut plan = Vec::new();
    let packed = std::fs::File::open(packed).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut plan).unwrap();
    plan
}

fn case(path: PathBuf) -> Case {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let settings = std::fs::read(path.join("case.json")).unwrap();
    let settings: Settings = serde_json::from_slice(&settings).unwrap();
    let of = settings.of.as_ref().map_or_else(|| path.clone(), |of| root().join(of));
    let plan = plan(&of);
    Case { settings, path, name, plan }
}

impl Case {
    /// Whether Terraform made its plan from the sources in its folder.
    pub fn is_made(&self) -> bool {
        self.settings.of.is_none() && self.settings.by_hand.is_none()
    }

    pub fn review(&self, bundle: &Bundle) -> Report {
        self.review_plan(bundle, &self.plan)
    }

    pub fn review_plan(&self, bundle: &Bundle, plan: &[u8]) -> Report {
        self.try_review(bundle, plan).unwrap()
    }

    pub fn try_review(&self, bundle: &Bundle, plan: &[u8]) -> Result<Report, ReviewError> {
        let mut environment = Environment::profile(&self.settings.env).unwrap();
        environment.account = self.settings.account.clone().unwrap_or_default();
        environment.region = self.settings.region.clone().unwrap_or_default();
        let agent = self.settings.agent.as_ref().map(|id| Agent {
            id: id.clone().into(),
            model: "m".to_owned(),
            human_owner: None,
        });
        let subject = Subject {
            agent: agent.as_ref(),
            ..Subject::offline(
                &environment,
                self.settings.lane.unwrap_or(Lane::Execute),
                Timestamp::UNIX_EPOCH,
            )
        };
        let scans = self.scans(plan);
        let values = self.settings.values.iter();
        let values = values.map(|f| std::fs::read(self.path.join(f)).unwrap());
        let values: Vec<_> = values.map(|json| ValuesFile::parse(&json).unwrap()).collect();
        review(bundle, Subject { scans: &scans, values: &values, ..subject }, plan)
    }

    /// Its logs, bound to the plan as the command line does, except for one.
    fn scans(&self, plan: &[u8]) -> Vec<Scan> {
        let sha256 = sha256_hex(plan);
        let source = |uri: &str| std::fs::read_to_string(self.path.join(uri)).ok();
        let logs = self.settings.scans.iter().map(|(file, by)| {
            let mut log = std::fs::read(self.path.join(file)).unwrap();
            if file != "unbound.sarif" {
                log = stamp(&log, &sha256, &source).unwrap();
            }
            let runs = Scan::parse(&log, &sha256).unwrap();
            runs.into_iter().map(|run| Scan { by: by.clone(), ..run }).collect::<Vec<_>>()
        });
        logs.flatten().collect()
    }
}

/// A report as lines of text.
pub fn lines(report: &Report) -> String {
    let mut text = format!("{:?} {:?}\n", report.verdict, report.summary);
    for demand in &report.demands {
        let typed = if demand.confirm { " and the name typed" } else { "" };
        let Demand { people, role, why, .. } = demand;
        text.push_str(&format!("demands {people} {role:?}{typed} for {why}\n"));
    }
    for f in &report.findings {
        text.push_str(&format!("{:?} {} {}: {}\n", f.severity, f.rule, f.resource, f.message));
    }
    text
}
