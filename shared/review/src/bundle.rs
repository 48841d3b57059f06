//! The policy bundle: compiled once, evaluated for each plan.

use headgate_domain::canonical::sha256_hex;
use headgate_events::Finding;
use regorus::{Engine, Value};

/// Name and text of every policy file, in the order of their names.
const EMBEDDED: [(&str, &str); 7] = [
    ("database.rego", include_str!("../../../policies/database.rego")),
    ("iam.rego", include_str!("../../../policies/iam.rego")),
    ("lib.rego", include_str!("../../../policies/lib.rego")),
    ("main.rego", include_str!("../../../policies/main.rego")),
    ("network.rego", include_str!("../../../policies/network.rego")),
    ("sqs.rego", include_str!("../../../policies/sqs.rego")),
    ("tags.rego", include_str!("../../../policies/tags.rego")),
];

/// A bundle that does not compile or does not answer.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file does not compile.
    #[error("policy {file} does not compile: {problem}")]
    Compile {
        /// Name of the file.
        file: String,
        /// The compiler's words.
        problem: String,
    },
    /// The evaluation failed. Such a review has no verdict: it is an error, never a pass.
    #[error("the policies could not be evaluated: {0}")]
    Evaluate(String),
    /// A rule produced something that is not a finding.
    #[error("a policy produced a malformed finding")]
    Finding(#[source] serde_json::Error),
}

/// A compiled policy bundle.
#[derive(Clone)]
pub struct Bundle {
    engine: Engine,
    digest: String,
}

impl Bundle {
    /// The bundle that this build carries.
    ///
    /// # Errors
    /// [`BundleError::Compile`]; a test keeps it from happening.
    pub fn embedded() -> Result<Self, BundleError> {
        Self::compile(&EMBEDDED)
    }

    /// Compiles files given as name and text.
    ///
    /// # Errors
    /// [`BundleError::Compile`] with the file's name.
    pub fn compile(files: &[(&str, &str)]) -> Result<Self, BundleError> {
        let mut engine = Engine::new();
        let mut manifest = String::new();
        for (name, text) in files {
            engine.add_policy((*name).to_owned(), (*text).to_owned()).map_err(|e| {
                BundleError::Compile { file: (*name).to_owned(), problem: e.to_string() }
            })?;
            manifest.push_str(&format!("{}  {name}\n", sha256_hex(text.as_bytes())));
        }
        Ok(Self { engine, digest: sha256_hex(manifest.as_bytes()) })
    }

    /// SHA-256 over the list of file names and their SHA-256.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The findings for an input document.
    ///
    /// # Errors
    /// [`BundleError::Evaluate`] and [`BundleError::Finding`].
    pub fn evaluate(&self, input: &serde_json::Value) -> Result<Vec<Finding>, BundleError> {
        let failed = |e: &dyn std::fmt::Display| BundleError::Evaluate(e.to_string());
        let mut engine = self.engine.clone();
        engine.set_input(Value::from(input.clone()));
        let set =
            engine.eval_rule("data.headgate.main.findings".to_owned()).map_err(|e| failed(&e))?;
        if set == Value::Undefined {
            return Err(failed(&"data.headgate.main.findings is undefined"));
        }
        let json = set.to_json_str().map_err(|e| failed(&e))?;
        serde_json::from_str(&json).map_err(BundleError::Finding)
    }
}
