//! The policy bundle: compiled once, evaluated for each plan.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

use headgate_domain::canonical::sha256_hex;
use headgate_events::{BundleDigest, Finding, Severity};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, LimitError, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::builtins;
use crate::embedded::EMBEDDED;
use crate::scans::{Sources, plain};
use crate::settings::Settings;
use crate::tables::Tables;
use crate::texts::Patterns;

/// The rule that gathers the findings and demands of all packages. Its package is generated when a bundle is
/// compiled.
const GATHERED: &str = "data.headgate.gathered.all";

/// Rule id of the finding about a rule that could not be evaluated.
pub(crate) const BROKEN: &str = "policy.broken";

/// Longest evaluation of the policies for one plan. `pm-review` has 60 seconds for a batch by default.
const LONGEST: Duration = Duration::from_secs(20);
/// Steps of the engine between two looks at the clock.
const STEPS: NonZeroU32 = match NonZeroU32::new(1_000) {
    Some(steps) => steps,
    None => NonZeroU32::MIN,
};

/// Why a bundle cannot be compiled or evaluated.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file does not compile.
    #[error("policy {file} does not compile: {problem}")]
    Compile {
        /// Name of the file.
        file: String,
        /// The compiler's message.
        problem: String,
    },
    /// The evaluation failed. Such a review has no verdict: it is an error, never a pass.
    #[error("the policies could not be evaluated: {0}")]
    Evaluate(String),
    /// The evaluation took too long for this plan.
    #[error("the policies took more than {} seconds for this plan", .0.as_secs())]
    Slow(Duration),
    /// A rule produced something that is not a finding.
    #[error("a policy produced a malformed finding or demand")]
    Finding(#[source] serde_json::Error),
}

/// Digest of the embedded bundle together with a team's files, without compiling them.
#[must_use]
pub fn bundle_digest(team: &[(String, String)]) -> BundleDigest {
    let lines: String = files(team).map(|(file, text)| line(&file, text)).collect();
    sha256_hex(lines.as_bytes()).into()
}

/// The embedded files, then the team's.
fn files(team: &[(String, String)]) -> impl Iterator<Item = (String, &str)> {
    let own = EMBEDDED.iter().map(|(name, text)| (format!("headgate/{name}"), *text));
    own.chain(team.iter().map(|(name, text)| (format!("team/{name}"), text.as_str())))
}

/// A file's line in the list that the digest is computed over.
fn line(file: &str, text: &str) -> String {
    format!("{}  {file}\n", sha256_hex(text.as_bytes()))
}

/// What a rule demands of the gate, in addition to what the environment requires.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// Minimum number of people.
    pub people: u32,
    /// Role that these people must hold, in seats in addition to the quorum; empty to raise the quorum.
    #[serde(default)]
    pub role: String,
    /// Whether approvers must type the name of the environment.
    #[serde(default)]
    pub confirm: bool,
    /// Id of the rule that demands it.
    pub why: String,
}

/// A compiled policy bundle.
#[derive(Clone)]
pub struct Bundle {
    engine: Engine,
    pub(crate) settings: Settings,
    pub(crate) patterns: Patterns,
    pub(crate) sources: Sources,
    digest: BundleDigest,
    longest: Duration,
}

impl Bundle {
    /// The embedded bundle.
    ///
    /// # Errors
    /// [`BundleError::Compile`], which a test rules out.
    pub fn embedded() -> Result<Self, BundleError> {
        Self::with(&[])
    }

    /// The embedded bundle together with a team's own files: policies in packages of their own, and a
    /// `settings.json` that takes precedence over the embedded one.
    ///
    /// # Errors
    /// [`BundleError::Compile`] with the file's name.
    pub fn with(team: &[(String, String)]) -> Result<Self, BundleError> {
        Self::compile(files(team))
    }

    /// Compiles files given as name and text.
    ///
    /// # Errors
    /// [`BundleError::Compile`] with the file's name.
    pub fn compile<'a>(
        files: impl IntoIterator<Item = (String, &'a str)>,
    ) -> Result<Self, BundleError> {
        let mut engine = Engine::new();
        let mut settings = Settings::default();
        let mut tables = Tables::default();
        let mut patterns = Patterns::default();
        let mut sources = Sources::new();
        let mut unscoped = serde_json::Value::default();
        let (mut manifest, mut packages) = (String::new(), Vec::new());
        for (file, text) in files {
            let failed = |problem: String| BundleError::Compile { file: file.clone(), problem };
            if file.ends_with("settings.json") {
                settings.extend(Settings::parse(text).map_err(failed)?);
            } else if file == "headgate/sources.json" {
                let listed: Sources =
                    serde_json::from_str(text).map_err(|e| failed(e.to_string()))?;
                for (rule, names) in listed {
                    sources.entry(rule).or_default().extend(names.iter().map(|n| plain(n)));
                }
            } else if file == "headgate/unscoped.json" {
                unscoped = actions(text).map_err(failed)?;
            } else if file.starts_with("headgate/data/") {
                tables.add(text).map_err(failed)?;
            } else if file.starts_with("headgate/texts/") {
                patterns.add(text).map_err(failed)?;
            } else {
                let package = engine
                    .add_policy(file.clone(), text.to_owned())
                    .map_err(|e| failed(e.to_string()))?;
                let ours = ["data.headgate", "data.settings", "data.unscoped"];
                if file.starts_with("team/") && ours.iter().any(|own| package.starts_with(own)) {
                    return Err(failed(format!("{package} is reserved; choose another package")));
                }
                packages.push(package);
            }
            manifest.push_str(&line(&file, text));
        }
        builtins::add(&mut engine, tables.rows()).map_err(BundleError::Evaluate)?;
        let patterns = patterns
            .compiled()
            .map_err(|problem| BundleError::Compile { file: "texts".to_owned(), problem })?;
        packages.sort();
        packages.dedup();
        for (rule, name) in tables.sources() {
            sources.entry(rule.to_owned()).or_default().insert(plain(name));
        }
        let file = "gathered.rego".to_owned();
        let failed = |e: &dyn std::fmt::Display| BundleError::Compile {
            file: file.clone(),
            problem: e.to_string(),
        };
        engine.add_policy(file.clone(), gather(&packages)).map_err(|e| failed(&e))?;
        let known = serde_json::json!({
            "unscoped": unscoped,
            "settings": {
                "agent_scopes": settings.agent_scopes,
                "allowed_deletions": settings.allowed_deletions,
                "allowed_modules": settings.allowed_modules,
                "allowed_providers": settings.allowed_providers,
                "documented_networks": settings.networks(),
                "primary_zones": settings.primary_zones,
                "required_scans": settings.required_scans,
                "sensitive_words": settings.sensitive_words,
                "trusted_accounts": settings.trusted_accounts,
            },
        });
        engine.add_data(Value::from(known)).map_err(|e| failed(&e))?;
        // The engine analyses rules at the first evaluation. Do that here, so that clones need not repeat it.
        engine.set_strict_builtin_errors(false);
        engine.set_input(Value::new_object());
        engine.eval_rule(GATHERED.to_owned()).map_err(|e| failed(&e))?;
        let digest = sha256_hex(manifest.as_bytes()).into();
        Ok(Self { engine, settings, patterns, sources, digest, longest: LONGEST })
    }

    /// The same bundle with another time limit for an evaluation.
    #[must_use]
    pub fn within(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// SHA-256 over the list of file names and their SHA-256.
    #[must_use]
    pub fn digest(&self) -> &BundleDigest {
        &self.digest
    }

    /// Evaluates the rules for an input document. Returns their findings and demands, unweighted.
    ///
    /// As in OPA, a built-in that is given the wrong type is undefined, so its rule finds nothing. A separate
    /// finding then tells the people who decide.
    ///
    /// # Errors
    /// [`BundleError::Evaluate`], [`BundleError::Slow`] and [`BundleError::Finding`].
    pub fn evaluate(&self, input: Value) -> Result<(Vec<Finding>, Vec<Demand>), BundleError> {
        match self.run(input.clone(), true) {
            Err(BundleError::Evaluate(problem)) => {
                let (mut findings, demands) = self.run(input, false)?;
                findings.push(broken(&problem));
                Ok((findings, demands))
            }
            other => other,
        }
    }

    fn run(&self, input: Value, strict: bool) -> Result<(Vec<Finding>, Vec<Demand>), BundleError> {
        let failed = |e: &dyn std::fmt::Display| BundleError::Evaluate(e.to_string());
        let mut engine = self.engine.clone();
        engine.set_strict_builtin_errors(strict);
        engine.set_input(input);
        let (limit, check_interval) = (self.longest, STEPS);
        engine.set_execution_timer_config(ExecutionTimerConfig { limit, check_interval });
        let gathered = engine.eval_rule(GATHERED.to_owned()).map_err(|e| {
            let slow = matches!(e.downcast_ref(), Some(LimitError::TimeLimitExceeded { .. }))
                // Where a rule is in a function, the engine passes on only the text.
                || e.to_string().contains("exceeded time limit");
            if slow { BundleError::Slow(limit) } else { failed(&e) }
        })?;
        if gathered == Value::Undefined {
            return Err(failed(&format!("{GATHERED} is undefined")));
        }
        let json = gathered.to_json_str().map_err(|e| failed(&e))?;
        let Gathered { findings, demands } =
            serde_json::from_str(&json).map_err(BundleError::Finding)?;
        Ok((findings, demands))
    }
}

#[derive(Deserialize)]
struct Gathered {
    findings: Vec<Finding>,
    demands: Vec<Demand>,
}

/// The finding about a rule that could not be evaluated. It leaves out the source text in the engine's
/// message.
fn broken(problem: &str) -> Finding {
    let place = problem.lines().find_map(|line| line.trim().strip_prefix("-->"));
    let said = problem.lines().find_map(|line| line.trim().strip_prefix("error:"));
    Finding {
        rule: BROKEN.to_owned(),
        severity: Severity::Warning,
        resource: place.unwrap_or("policies").trim().to_owned(),
        message: format!("a rule could not be evaluated: {}", said.unwrap_or(problem).trim()),
        fix: "fix the rule; until then, it reports nothing when it fails".to_owned(),
    }
}

/// The names of actions by service, as an object that policies look them up in.
fn actions(text: &str) -> Result<serde_json::Value, String> {
    let listed: BTreeMap<String, Vec<String>> =
        serde_json::from_str(text).map_err(|e| e.to_string())?;
    let known = listed.into_iter().map(|(service, names)| {
        (
            service,
            names
                .into_iter()
                .map(|name| (name.to_ascii_lowercase(), true))
                .collect::<BTreeMap<_, _>>(),
        )
    });
    serde_json::to_value(known.collect::<BTreeMap<_, _>>()).map_err(|e| e.to_string())
}

/// Generates the package that gathers all findings and demands. A package may have either, both or neither.
fn gather(packages: &[String]) -> String {
    let mut text = "package headgate.gathered\n\nimport rego.v1\n".to_owned();
    for rule in ["findings", "demands"] {
        for package in packages {
            text.push_str(&format!("\n{rule} contains x if some x in {package}.{rule}\n"));
        }
    }
    text.push_str("\nall := {\"findings\": findings, \"demands\": demands}\n");
    text
}
