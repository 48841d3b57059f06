#![doc = include_str!("../README.md")]

mod archive;
mod backend;
mod directory;
mod state;
mod wire;

use std::io;

use headgate_domain::state::PlannedState;
use serde::Deserialize;
use serde_json::Value;

use archive::Archive;
use backend::Backend;
use state::StateVersion;

pub use state::StateFile;

/// Version of the plan message that this build reads. Terraform raises it if older readers would misunderstand the file.
const VERSION: u64 = 3;
/// Most bytes of the lock file.
const MAX_LOCK: u64 = 4 * 1024 * 1024;
/// Most bytes of the plan message and of a state. They are read as streams, and what is kept of them is small.
const MAX_MESSAGE: u64 = 256 * 1024 * 1024;
/// Most bytes of a state, whose texts are kept while it is read.
const MAX_STATE: u64 = 64 * 1024 * 1024;
/// Most bytes of the list of modules.
const MAX_MODULES: u64 = 1024 * 1024;
/// Most bytes of the texts that say which state it is. They are stored in the ledger, whose items hold 400 KB.
const MAX_TEXTS: usize = 8 * 1024;
/// The lock file, with the versions and digests of the providers.
pub const LOCK: &str = ".terraform.lock.hcl";

/// What a plan file says besides its JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    /// The state that it was made from.
    pub state: PlannedState,
    /// The backend of that state, for those who apply the plan.
    pub backend: BackendConfig,
    /// The lock file, if there is one.
    pub lock: Option<Vec<u8>>,
    /// SHA-256 over the names and contents of everything but the plan and the state (the configuration of all modules, and the lock
    /// file with the versions of the providers) and over the settings of the backend.
    pub config_sha256: String,
    /// Folders of the modules, relative to where Terraform runs.
    pub modules: Vec<String>,
}

/// A module in the archive's list of modules. Terraform does not care about the case of the names, so others are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Module {
    dir: String,
    #[serde(default, rename = "Key")]
    _key: serde::de::IgnoredAny,
    #[serde(default, rename = "Source")]
    _source: serde::de::IgnoredAny,
    #[serde(default, rename = "Version")]
    _version: serde::de::IgnoredAny,
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

impl PlanFile {
    /// Reads a plan file.
    ///
    /// # Errors
    /// [`PlanFileError`]; never panics.
    pub fn read(bytes: &[u8]) -> Result<Self, PlanFileError> {
        let mut archive = Archive::open(bytes)?;
        let plan = archive.with("tfplan", MAX_MESSAGE, message)?;
        if plan.version != VERSION {
            return Err(PlanFileError::Version(plan.version));
        }
        let Some(backend) = plan.backend else { return Err(PlanFileError::NoBackend) };
        let StateVersion { lineage, serial } = version(&mut archive)?;
        let Backend { config, place, workspace, config_sha256 } = backend;
        let state =
            PlannedState { backend: config.kind.clone(), place, workspace, lineage, serial };
        if length(&state) > MAX_TEXTS {
            return Err(PlanFileError::Entry(
                "tfplan",
                "the settings of its backend are too long".into(),
            ));
        }
        let modules: Vec<Module> = archive.with("tfconfig/modules.json", MAX_MODULES, |entry| {
            Ok(serde_json::from_reader(io::BufReader::new(entry))?)
        })?;
        let mut digests = archive.digests(&["tfplan", "tfstate", "tfstate-prev"])?;
        // A setting of the backend decides where the state goes, like configuration. It has no digest of its own, because a password
        // among the settings could be guessed from it.
        digests.insert("\0backend".to_owned(), config_sha256); // no entry has this name
        let config_sha256 = headgate_domain::canonical::digest(&digests)
            .map_err(|error| PlanFileError::Entry("tfconfig/", error.into()))?;
        Ok(Self {
            state,
            backend: config,
            lock: archive.file(LOCK, MAX_LOCK)?,
            config_sha256,
            modules: modules.into_iter().map(|module| module.dir).collect(),
        })
    }
}

/// Bytes of the texts of a state.
fn length(state: &PlannedState) -> usize {
    let PlannedState { backend, place, workspace, lineage, serial: _ } = state;
    let settings = place.iter().map(|(name, value)| name.len() + value.len());
    settings.chain([backend, workspace, lineage].map(String::len)).sum()
}

/// All settings of the backend. Some of them are credentials, so they are not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct BackendConfig {
    /// Type of the backend, such as `s3`.
    pub kind: String,
    /// Its settings; `null` where one is not set.
    pub config: Value,
}

impl std::fmt::Debug for BackendConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BackendConfig").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The state that an apply of the plan begins with: the one that the plan was made from, refreshed.
///
/// # Errors
/// [`PlanFileError`].
pub fn planned_state(bytes: &[u8]) -> Result<StateFile, PlanFileError> {
    Archive::open(bytes)?.with("tfstate", MAX_MESSAGE, |entry| {
        Ok(serde_json::from_reader(io::BufReader::new(entry))?)
    })
}

fn version(archive: &mut Archive<'_>) -> Result<StateVersion, PlanFileError> {
    archive
        .with("tfstate", MAX_STATE, |entry| Ok(serde_json::from_reader(io::BufReader::new(entry))?))
}

#[derive(Default)]
struct Message {
    version: u64,
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
            _ => fields.skip(&field)?,
        }
    }
    Ok(plan)
}
