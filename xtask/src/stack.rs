//! Starts an emulator and deploys the fleet on it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::build;
use crate::deploy::{self, Terraform};
use crate::emulator::{self, Kind};
use crate::paths;
use crate::progress::{output, step};
use crate::state::{self, Deployed, Running};
use crate::tools;

/// Local principals: name, roles, and for an agent its human owner.
const PRINCIPALS: [(&str, &[&str], Option<&str>); 13] = [
    ("alice", &["approver"], None),
    ("bob", &["approver"], None),
    ("carol", &["approver"], None),
    ("dana", &["approver", "proposer"], None),
    ("erin", &["approver"], None),
    ("finn", &["approver"], None),
    ("sam", &["security"], None),
    ("vic", &["reader"], None),
    ("olga", &["operator"], None),
    ("eve", &["evaluator"], None),
    ("tess", &["approver", "proposer", "security", "operator", "evaluator", "executor"], None),
    ("terraform-bot", &["agent", "executor"], Some("dana")),
    ("pm-bot", &["agent"], Some("erin")),
];

/// An emulator and the folder that holds its state.
pub struct Stack {
    pub kind: Kind,
    pub dir: PathBuf,
    /// Additional environment variables for the emulator.
    pub envs: Vec<(&'static str, String)>,
}

impl Stack {
    pub fn new(kind: Kind, dir: PathBuf) -> Self {
        Self { kind, dir, envs: Vec::new() }
    }

    fn running_file(&self) -> PathBuf {
        self.dir.join("emulator.json")
    }

    fn stamp(&self) -> PathBuf {
        self.dir.join("deployed.stamp")
    }

    /// Path of the file that the CLI and the end-to-end suite read.
    pub fn config_file(&self) -> PathBuf {
        self.dir.join("local.json")
    }

    /// Returns the emulator if it is running.
    fn running(&self) -> Option<Running> {
        state::read::<Running>(&self.running_file()).filter(emulator::alive)
    }

    /// Starts the emulator unless it is running.
    fn start(&self) -> Result<Running> {
        if let Some(running) = self.running() {
            return Ok(running);
        }
        std::fs::create_dir_all(&self.dir)?;
        let running = emulator::start(self.kind, &self.dir, &self.envs)?;
        // A new emulator is empty, so the Terraform state of the previous one no longer applies.
        let tf = self.dir.join("terraform");
        if tf.exists() {
            std::fs::remove_dir_all(tf)?;
        }
        for file in [self.stamp(), self.config_file()] {
            if file.exists() {
                std::fs::remove_file(file)?;
            }
        }
        state::write(&self.running_file(), &running)?;
        Ok(running)
    }

    /// Starts the emulator unless it is running, and deploys the fleet unless it is up to date.
    ///
    /// Under load, an emulator may create a resource and then drop the connection. The provider retries and
    /// fails because the resource already exists. Only a fresh emulator recovers from that, so if this call
    /// started the emulator, a failed deployment is retried on a new one up to twice.
    pub fn launch(&self, variables: &[(&str, String)]) -> Result<Deployed> {
        let mut left = if self.running().is_none() { 2 } else { 0 };
        loop {
            match self.deploy(&self.start()?, variables) {
                Err(error) if left > 0 => {
                    eprintln!("!! {error:#}\n!! retrying on a fresh emulator");
                    self.stop()?;
                    left -= 1;
                }
                result => return result,
            }
        }
    }

    /// Returns the process group of the emulator if it is running.
    pub fn process_group(&self) -> Option<i32> {
        self.running().map(|r| r.pid)
    }

    /// Sets the environment variables that a process needs to use the deployed fleet.
    pub fn environment(&self, deployed: &Deployed, command: &mut Command) {
        command
            .env("HEADGATE_E2E", self.config_file())
            .env("HEADGATE_E2E_EMULATOR", self.kind.name())
            .env("HEADGATE_E2E_CLI", build::headgate())
            .env("HEADGATE_E2E_ZIPS", build::Profile::Local.zips())
            .env(
                "HEADGATE_E2E_TERRAFORM",
                tools::terraform().unwrap_or_else(|_| "terraform".into()),
            )
            .env(
                "HEADGATE_E2E_TERRAFORM_CONFIG",
                deploy::cli_config().ok().flatten().unwrap_or_default(),
            )
            .env("HEADGATE_E2E_VERIFIER", tools::verifier())
            .env("HEADGATE_E2E_GROUP", self.process_group().unwrap_or_default().to_string())
            .env("AWS_ENDPOINT_URL", &deployed.endpoint)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_REGION", "us-east-1")
            .env_remove("AWS_PROFILE");
    }

    /// Stops the emulator. Returns whether it was running.
    pub fn stop(&self) -> Result<bool> {
        let Some(running) = self.running() else { return Ok(false) };
        emulator::stop(&running)?;
        std::fs::remove_file(self.running_file())?;
        Ok(true)
    }

    /// Applies `terraform/environments/local`. Does nothing if its inputs have not changed.
    fn deploy(&self, running: &Running, variables: &[(&str, String)]) -> Result<Deployed> {
        let token_dir = self.dir.join("tokens");
        let jwks = tokens(&token_dir)?;
        let endpoint = format!("http://127.0.0.1:{}", running.port);
        let mut all = vec![
            ("zip_dir", build::Profile::Local.zips().display().to_string()),
            ("jwks", jwks.trim().to_owned()),
        ];
        all.extend_from_slice(variables);
        let wanted = fingerprint(running, &all)?;
        let unchanged = std::fs::read_to_string(self.stamp()).is_ok_and(|have| have == wanted);
        if let (true, Some(deployed)) = (unchanged, state::read(&self.config_file())) {
            return Ok(deployed);
        }
        let module = paths::root().join("terraform/environments/local");
        let terraform = Terraform::new(&module, &self.dir.join("terraform"), Some(&endpoint))?;
        step("terraform init", || terraform.init())?;
        step("terraform apply (takes one to two minutes)", || terraform.apply(&all))?;
        let fleet = terraform.output("fleet")?;
        let text = |key: &str| fleet[key].as_str().unwrap_or_default().to_owned();
        let api = format!("{endpoint}/_aws/execute-api/{}/local", text("api_id"));
        let mut deployed = Deployed {
            endpoint,
            log: format!("s3://{}", text("log_bucket")),
            log_key: String::new(),
            api,
            bus: text("bus_name"),
            artifact_bucket: text("artifact_bucket"),
            token_dir,
            fleet: fleet.clone(),
        };
        state::write(&self.config_file(), &deployed)?;
        deployed.log_key = step("creating the key of the transparency log", || {
            let args = ["log", "init", "--json", "--name", "headgate.local/local", "--secret"];
            let mut init = headgate(&deployed, &self.config_file());
            let answer = output(init.args(args).arg(text("log_secret")))?;
            let answer: serde_json::Value = serde_json::from_str(&answer)?;
            Ok(answer["public_key"].as_str().unwrap_or_default().to_owned())
        })?;
        state::write(&self.config_file(), &deployed)?;
        std::fs::write(self.stamp(), wanted)?;
        Ok(deployed)
    }
}

/// Returns a `headgate` command that uses the deployed fleet.
pub fn headgate(deployed: &Deployed, config: &Path) -> Command {
    let mut command = Command::new(build::headgate());
    command
        .env("HEADGATE_CONFIG", config)
        .env("AWS_ENDPOINT_URL", &deployed.endpoint)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_REGION", "us-east-1")
        .env_remove("AWS_PROFILE")
        .env_remove("HEADGATE_TOKEN");
    command
}

/// Creates a token issuer and a token for each local principal. Returns the issuer's public keys.
fn tokens(dir: &Path) -> Result<String> {
    let run = |args: &[&str]| {
        let mut command = Command::new(build::headgate());
        output(command.arg("token").args(args).arg("--dir").arg(dir))
    };
    run(&["init"])?;
    for (name, roles, owner) in PRINCIPALS {
        let mut args = vec!["mint", "--subject", name, "--lifetime", "2592000"];
        roles.iter().for_each(|role| args.extend(["--role", role]));
        if let Some(owner) = owner {
            args.extend(["--human-owner", owner]);
        }
        run(&args)?;
    }
    run(&["jwks"])
}

/// Returns a fingerprint of all inputs of a deployment: emulator, variables, zips and Terraform files.
fn fingerprint(running: &Running, variables: &[(&str, String)]) -> Result<String> {
    let mut text = format!("{} {}\n{variables:?}\n", running.pid, running.started);
    let mut files = Vec::new();
    for folder in ["terraform/modules", "terraform/environments/local"] {
        collect(&paths::root().join(folder), &mut files)?;
    }
    files.extend(build::FUNCTIONS.iter().map(|f| build::Profile::Local.zip(f)));
    files.sort();
    for file in files {
        let meta = std::fs::metadata(&file)?;
        let modified = meta.modified()?.duration_since(std::time::UNIX_EPOCH)?.as_nanos();
        text.push_str(&format!("{} {} {modified}\n", file.display(), meta.len()));
    }
    Ok(text)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|e| ["tf", "rego", "json", "tftpl"].iter().any(|known| e == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}
