//! A folder beside the private one in which Terraform is set up: it installs the providers of the plan, and reads the state.
//!
//! Everything in it is written here, from the approved plan file. Nothing comes from the folder of the apply: the proposer could have put
//! programs among the installed providers, or a backend with another state or a program for its credentials into `.terraform`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use headgate_plan_file::{LOCK, PlanFile, StateFile};
use serde_json::{Map, Value, json};

use crate::fail::Failure;

/// The folder.
pub(crate) struct Setup {
    dir: PathBuf,
    program: String,
    workspace: String,
    /// File of a local backend.
    local: Option<PathBuf>,
}

impl Setup {
    /// Installs the providers from the registry, a mirror or the executor's own cache, and prepares the backend.
    pub(crate) fn new(
        top: &Path,
        program: &str,
        plan: &PlanFile,
        local: Option<PathBuf>,
    ) -> Result<Self, Failure> {
        let dir = top.join("setup");
        let lock = plan.lock.as_deref().unwrap_or_default();
        let backend = &plan.backend;
        let mut terraform =
            json!({ "required_providers": required(&String::from_utf8_lossy(lock)) });
        if local.is_none() {
            terraform["backend"] = json!({ backend.kind.as_str(): settings(&backend.config) });
        }
        let configuration = json!({ "terraform": terraform }).to_string();
        fs::create_dir_all(&dir)
            .and_then(|()| fs::write(dir.join("main.tf.json"), configuration))
            .and_then(|()| fs::write(dir.join(LOCK), lock))
            .map_err(Failure::usage)?;
        let workspace = plan.state.workspace.clone();
        let setup = Self { dir, program: program.to_owned(), workspace, local };
        let args = ["init", "-lockfile=readonly", "-input=false", "-no-color"];
        let initialized = setup.run(&args)?;
        if initialized.status.success() {
            return Ok(setup);
        }
        Err(Failure::Usage(format!(
            "{program} cannot install the providers of the plan or reach its backend; providers come from the registry, or from a mirror in your \
             CLI configuration:\n{}",
            String::from_utf8_lossy(&initialized.stderr).trim()
        )))
    }

    /// The installed providers.
    pub(crate) fn providers(&self) -> PathBuf {
        self.dir.join(".terraform/providers")
    }

    /// Reads the state that the apply will change.
    pub(crate) fn state(&self) -> Result<StateFile, Failure> {
        let program = &self.program;
        let pulled = match &self.local {
            Some(file) if !file.exists() => Vec::new(),
            Some(file) => fs::read(file)
                .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?,
            None => {
                let pulled = self.run(&["state", "pull", "-no-color"])?;
                if !pulled.status.success() {
                    let said = String::from_utf8_lossy(&pulled.stderr).trim().to_owned();
                    return Err(Failure::Usage(format!(
                        "{program} cannot read the state:\n{said}"
                    )));
                }
                pulled.stdout
            }
        };
        StateFile::parse(&pulled)
            .map_err(|error| Failure::Usage(format!("the state cannot be read: {error}")))
    }

    fn run(&self, args: &[&str]) -> Result<Output, Failure> {
        let program = &self.program;
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.dir);
        // A local backend is read without Terraform, and has no place here.
        clean(&mut command, if self.local.is_none() { &self.workspace } else { "default" });
        if let Some(cache) = plugin_cache() {
            command.env("TF_PLUGIN_CACHE_DIR", cache);
        }
        command.output().map_err(|e| {
            Failure::Usage(format!("cannot start {program}: {e}; check PATH, or set --terraform"))
        })
    }
}

/// Removes what would change what our own calls of Terraform do, and prepares the rest.
pub(crate) fn clean(command: &mut Command, workspace: &str) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TF_CLI_ARGS") {
            command.env_remove(&name);
        }
    }
    prepare(command, workspace);
}

/// Sets the workspace of the plan, and removes the caller's token and the place of Terraform's own files, which is the private folder.
///
/// Terraform takes the backend of an apply from the plan file, but the workspace from here: in another one, it would write to another
/// state.
pub(crate) fn prepare(command: &mut Command, workspace: &str) {
    command.env("TF_WORKSPACE", workspace).env_remove("TF_DATA_DIR").env_remove("HEADGATE_TOKEN");
}

/// Source and version of each provider in a lock file, as Terraform writes it.
fn required(lock: &str) -> Map<String, Value> {
    let (mut providers, mut source) = (Map::new(), None);
    for line in lock.lines() {
        let quoted = || line.split('"').nth(1).map(str::to_owned);
        if line.starts_with("provider ") {
            source = quoted();
        } else if line.trim_start().starts_with("version ")
            && let (Some(source), Some(version)) = (source.take(), quoted())
        {
            let name = format!("p{}", providers.len());
            providers.insert(name, json!({ "source": source, "version": version }));
        }
    }
    providers
}

/// Settings as Terraform reads them, without those that are not set.
fn settings(config: &Value) -> Value {
    match config {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), settings(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(settings).collect(),
        // Texts in a configuration are templates.
        Value::String(text) => text.replace("${", "$${").replace("%{", "%%{").into(),
        other => other.clone(),
    }
}

/// A folder for downloaded providers, unless the executor has chosen one.
fn plugin_cache() -> Option<PathBuf> {
    if std::env::var_os("TF_PLUGIN_CACHE_DIR").is_some() {
        return None;
    }
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)?;
    let cache = cache.join("headgate/terraform-plugins");
    fs::create_dir_all(&cache).ok()?;
    Some(cache)
}

#[cfg(test)]
mod tests {
    use super::{required, settings};
    use serde_json::json;

    #[test]
    fn providers_are_those_of_the_lock_file() {
        let lock = r#"# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
  ]
}

provider "registry.terraform.io/hashicorp/random" {
  version = "3.6.0"
}
"#;
        let both = json!({
            "p0": { "source": "registry.terraform.io/hashicorp/aws", "version": "5.100.0" },
            "p1": { "source": "registry.terraform.io/hashicorp/random", "version": "3.6.0" },
        });
        assert_eq!(json!(required(lock)), both);
        assert!(required("# nothing").is_empty());
    }

    #[test]
    fn settings_are_those_of_the_plan_and_no_templates() {
        let config = json!({ "bucket": "b${x}%{y}", "kms": null, "endpoints": { "s3": "x", "sso": null }, "l": [{ "a": null }] });
        assert_eq!(
            settings(&config),
            json!({ "bucket": "b$${x}%%{y}", "endpoints": { "s3": "x" }, "l": [{}] })
        );
    }
}
