//! Runs Terraform, usually against an emulator.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::paths;
use crate::progress::{logged, output};
use crate::tools;

/// Folders whose subfolders are searched for a provider mirror. `HEADGATE_TF_MIRROR` names one directly.
const MIRRORS_BELOW: [&str; 4] = ["/opt", "/srv", "/usr/local/share", "/usr/share"];

/// Runs Terraform in a module's folder and keeps its data and state in another folder.
pub struct Terraform {
    program: PathBuf,
    module: PathBuf,
    data: PathBuf,
    envs: Vec<(String, String)>,
}

impl Terraform {
    /// Runs Terraform in `module`, keeps its data below `data`, and uses the emulator at `endpoint` if given.
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

    /// Returns a Terraform command that runs in the module's folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args);
        self.dress(&mut command);
        command
    }

    /// Returns the path of the Terraform program, for another program to call.
    pub fn program(&self) -> String {
        self.program.display().to_string()
    }

    /// Sets the folder and environment variables for a command that runs Terraform.
    pub fn dress(&self, command: &mut Command) {
        command
            .current_dir(&self.module)
            .envs(self.envs.iter().map(|(k, v)| (k, v)))
            .env("TF_DATA_DIR", self.data.join("data"))
            .env_remove("AWS_PROFILE");
        // Terraform warns on every call if the variable names a file that does not exist.
        if !self.envs.iter().any(|(k, _)| k == "TF_CLI_CONFIG_FILE") {
            command.env_remove("TF_CLI_CONFIG_FILE");
        }
    }

    /// Runs `terraform init`.
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

    /// Runs `terraform apply` with these variables.
    pub fn apply(&self, variables: &[(&str, String)]) -> Result<()> {
        let vars: Vec<String> = variables.iter().map(|(k, v)| format!("-var={k}={v}")).collect();
        let mut args =
            vec!["apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=40"];
        args.extend(vars.iter().map(String::as_str));
        logged(&mut self.command(&args), &self.data.join("apply.log"))
    }

    /// Returns a Terraform output.
    pub fn output(&self, name: &str) -> Result<serde_json::Value> {
        let text = output(&mut self.command(&["output", "-json", name]))?;
        serde_json::from_str(&text).context("cannot parse the answer of `terraform output -json`")
    }
}

/// Returns the user's own CLI configuration if it exists; otherwise one that points to a provider mirror if a
/// mirror is found; otherwise nothing, and `terraform init` uses the registry.
pub fn cli_config() -> Result<Option<PathBuf>> {
    let own = std::env::var_os("TF_CLI_CONFIG_FILE").map(PathBuf::from);
    if let Some(own) = own.filter(|path| path.exists()) {
        return Ok(Some(own));
    }
    let Some(mirror) = mirror() else { return Ok(None) };
    let path = paths::home().join("terraform.rc");
    let text = format!(
        "provider_installation {{\n  filesystem_mirror {{\n    path = \"{}\"\n  }}\n}}\n",
        mirror.display()
    );
    if std::fs::read_to_string(&path).is_ok_and(|known| known == text) {
        return Ok(Some(path));
    }
    std::fs::create_dir_all(paths::home())?;
    // Several checks start at the same time, and Terraform must not read a file that is half written.
    let draft = path.with_extension(format!("rc.{:?}", std::thread::current().id()));
    std::fs::write(&draft, text)?;
    std::fs::rename(&draft, &path)?;
    Ok(Some(path))
}

/// Finds a folder that contains `<host>/hashicorp/aws`, as `terraform providers mirror` creates it.
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
