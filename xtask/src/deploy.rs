//! Terraform against an emulator.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::paths;
use crate::progress::{logged, output};
use crate::tools;

/// Folders in whose folders a mirror of providers may be; `HEADGATE_TF_MIRROR` names one directly.
const MIRRORS_BELOW: [&str; 4] = ["/opt", "/srv", "/usr/local/share", "/usr/share"];

/// Terraform in a folder, its data and state elsewhere.
pub struct Terraform {
    program: PathBuf,
    module: PathBuf,
    data: PathBuf,
    envs: Vec<(String, String)>,
}

impl Terraform {
    /// `module` with its data below `data`; against the emulator at `endpoint`, if one is named.
    pub fn new(module: &Path, data: &Path, endpoint: Option<&str>) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        let mut envs = vec![("TF_IN_AUTOMATION".to_owned(), "1".to_owned())];
        if let Some(config) = cli_config()? {
            envs.push(("TF_CLI_CONFIG_FILE".to_owned(), config.display().to_string()));
        }
        if let Some(endpoint) = endpoint {
            for (name, value) in [
                ("AWS_ENDPOINT_URL", endpoint),
                ("AWS_ACCESS_KEY_ID", "test"),
                ("AWS_SECRET_ACCESS_KEY", "test"),
                ("AWS_REGION", "us-east-1"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ] {
                envs.push((name.to_owned(), value.to_owned()));
            }
        }
        let (module, data) = (module.to_owned(), data.to_owned());
        Ok(Self { program: tools::terraform()?, module, data, envs })
    }

    /// A Terraform command in the module's folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args);
        self.dress(&mut command);
        command
    }

    /// The program itself, for another one to call.
    pub fn program(&self) -> String {
        self.program.display().to_string()
    }

    /// Folder and variables of a Terraform command, for a program that calls one.
    pub fn dress(&self, command: &mut Command) {
        command
            .current_dir(&self.module)
            .envs(self.envs.iter().map(|(k, v)| (k, v)))
            .env("TF_DATA_DIR", self.data.join("data"))
            // A CLI configuration that is named but missing makes Terraform warn on every call.
            .env_remove("AWS_PROFILE");
        if !self.envs.iter().any(|(k, _)| k == "TF_CLI_CONFIG_FILE") {
            command.env_remove("TF_CLI_CONFIG_FILE");
        }
    }

    /// `terraform init`, once.
    pub fn init(&self) -> Result<()> {
        let state = format!("-backend-config=path={}", self.state().display());
        let mut args = vec!["init", "-input=false", "-no-color"];
        if self.local_backend() {
            args.push(&state);
        } else {
            args.push("-backend=false");
        }
        logged(&mut self.command(&args), &self.data.join("init.log"))
    }

    fn local_backend(&self) -> bool {
        std::fs::read_to_string(self.module.join("versions.tf"))
            .is_ok_and(|text| text.contains("backend \"local\""))
    }

    fn state(&self) -> PathBuf {
        self.data.join("terraform.tfstate")
    }

    /// `terraform apply` with variables.
    pub fn apply(&self, variables: &[(&str, String)]) -> Result<()> {
        let vars: Vec<String> = variables.iter().map(|(k, v)| format!("-var={k}={v}")).collect();
        let mut args =
            vec!["apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=10"];
        args.extend(vars.iter().map(String::as_str));
        logged(&mut self.command(&args), &self.data.join("apply.log"))
    }

    /// An output.
    pub fn output(&self, name: &str) -> Result<serde_json::Value> {
        let text = output(&mut self.command(&["output", "-json", name]))?;
        serde_json::from_str(&text).context("terraform output")
    }
}

/// The person's own CLI configuration if there is one; else one that names a mirror, if one is found;
/// else none: `terraform init` goes to the registry.
fn cli_config() -> Result<Option<PathBuf>> {
    let own = std::env::var_os("TF_CLI_CONFIG_FILE").map(PathBuf::from);
    if let Some(own) = own.filter(|path| path.exists()) {
        return Ok(Some(own));
    }
    let Some(mirror) = mirror() else { return Ok(None) };
    let path = paths::home().join("terraform.rc");
    std::fs::create_dir_all(paths::home())?;
    std::fs::write(
        &path,
        format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = \"{}\"\n  }}\n}}\n",
            mirror.display()
        ),
    )?;
    Ok(Some(path))
}

/// A folder with `<host>/hashicorp/aws` in it, as `terraform providers mirror` makes it.
fn mirror() -> Option<PathBuf> {
    let is_mirror = |path: &PathBuf| {
        let hosts = std::fs::read_dir(path).into_iter().flatten().flatten();
        hosts.into_iter().any(|host| host.path().join("hashicorp/aws").is_dir())
    };
    let named = std::env::var_os("HEADGATE_TF_MIRROR").map(PathBuf::from);
    let below = MIRRORS_BELOW.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten();
    let found = below.flatten().map(|entry| entry.path());
    named.into_iter().chain(found).find(is_mirror)
}
