#![doc = include_str!("../README.md")]

mod archive;
mod backend;
mod wire;

use std::collections::BTreeMap;
use std::io;

use headgate_domain::state::PlannedState;
use serde::Deserialize;

use archive::Archive;
use backend::Backend;

/// Version of the plan message that this build reads. Terraform raises it if older readers would misunderstand the file.
const VERSION: u64 = 3;
/// Most bytes of the configuration of the root module.
const MAX_CONFIG: u64 = 4 * 1024 * 1024;
/// Folder of the root module in the archive.
const ROOT: &str = "tfconfig/m-/";
/// The lock file, with the versions and digests of the providers.
const LOCK: &str = ".terraform.lock.hcl";

/// What a plan file says besides its JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    /// Version of Terraform or OpenTofu that made it.
    pub terraform_version: String,
    /// The state that it was made from.
    pub state: PlannedState,
    /// Files of the root module by name, `*.tf` and `*.tf.json`, and the lock file.
    pub config: BTreeMap<String, Vec<u8>>,
    /// SHA-256 over the names and contents of everything but the plan and the state: the configuration of all modules, and the lock
    /// file with the versions of the providers.
    pub config_sha256: String,
    /// Folders of the modules, relative to where Terraform runs.
    pub modules: Vec<String>,
}

/// A module in the archive's list of modules.
#[derive(Deserialize)]
struct Module {
    #[serde(rename = "Dir")]
    dir: String,
}

/// Why a file is not a plan file that can be read.
#[derive(Debug, thiserror::Error)]
pub enum PlanFileError {
    /// Not a ZIP archive, or one that different programs read in different ways.
    #[error("this is not a file that `terraform plan -out` wrote ({0})")]
    Archive(String),
    /// An entry is missing or damaged.
    #[error("the plan file's `{0}` cannot be read")]
    Entry(&'static str, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// A newer format.
    #[error("the plan file has format {0}; this build reads {VERSION}")]
    Version(u64),
    /// The plan says nothing about its state.
    #[error("the plan file does not say which state it was made from; plan again with a backend")]
    NoBackend,
}

/// A state file, as far as it identifies the state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StateVersion {
    /// Lineage; empty if there is no state yet.
    #[serde(default)]
    pub lineage: String,
    /// Serial number.
    #[serde(default)]
    pub serial: u64,
}

impl StateVersion {
    /// Reads the output of `terraform state pull`, which is empty if there is no state yet.
    ///
    /// # Errors
    /// Not JSON.
    pub fn parse(pulled: &[u8]) -> Result<Self, serde_json::Error> {
        if pulled.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self { lineage: String::new(), serial: 0 });
        }
        serde_json::from_slice(pulled)
    }
}

impl PlanFile {
    /// Reads a plan file.
    ///
    /// # Errors
    /// [`PlanFileError`]; never panics.
    pub fn read(bytes: &[u8]) -> Result<Self, PlanFileError> {
        let mut archive = Archive::open(bytes)?;
        let plan = archive.with("tfplan", message)?;
        if plan.version != VERSION {
            return Err(PlanFileError::Version(plan.version));
        }
        let Some(backend) = plan.backend else { return Err(PlanFileError::NoBackend) };
        let StateVersion { lineage, serial } =
            archive.with("tfstate", |entry| Ok(serde_json::from_reader(entry)?))?;
        let Backend { kind, place, workspace } = backend;
        let modules: Vec<Module> =
            archive.with("tfconfig/modules.json", |entry| Ok(serde_json::from_reader(entry)?))?;
        let mut config = archive.folder(ROOT, MAX_CONFIG)?;
        config.extend(archive.file(LOCK, MAX_CONFIG)?.map(|bytes| (LOCK.to_owned(), bytes)));
        Ok(Self {
            terraform_version: plan.terraform_version,
            state: PlannedState { backend: kind, place, workspace, lineage, serial },
            config_sha256: archive.digest(&["tfplan", "tfstate", "tfstate-prev"])?,
            config,
            modules: modules.into_iter().map(|module| module.dir).collect(),
        })
    }
}

#[derive(Default)]
struct Message {
    version: u64,
    terraform_version: String,
    backend: Option<Backend>,
}

/// Reads the fields of the plan that are used, and skips the others.
fn message(entry: &mut dyn io::Read) -> Result<Message, archive::Error> {
    let mut plan = Message::default();
    let mut fields = wire::Fields::of(entry);
    while let Some(field) = fields.next()? {
        match field.number {
            1 => plan.version = fields.varint(&field)?,
            13 => plan.backend = Some(Backend::parse(&fields.bytes(&field)?)?),
            14 => plan.terraform_version = String::from_utf8(fields.bytes(&field)?)?,
            _ => fields.skip(&field)?,
        }
    }
    Ok(plan)
}
