//! The server of recorded answers that stories evaluate.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::progress::{output, shown};
use crate::stack::{Stack, headgate};
use crate::state::Deployed;
use crate::{build, paths};

/// The suite whose runs count for standing.
const STANDING: &str = "terraform-basics";

/// Runs something on an emulator whose models are recorded, both stopped afterwards.
pub fn with_models(
    mut stack: Stack,
    run: impl FnOnce(&Stack, &Recorded) -> Result<()>,
) -> Result<()> {
    stack.stop()?;
    let recorded = Recorded::start(&stack.dir)?;
    stack.envs.push(("MINISTACK_BEDROCK_PROXY_URL", format!("{}/bedrock", recorded.url)));
    let result = run(&stack, &recorded);
    stack.stop()?;
    result
}

/// A server that ends with this value.
pub struct Recorded {
    child: Child,
    /// Where it listens.
    pub url: String,
    /// What it wants to see as key.
    pub key: String,
    /// Every call, a JSON object a line.
    pub log: PathBuf,
}

impl Recorded {
    /// Builds it, starts it, and waits until it answers.
    pub fn start(dir: &Path) -> Result<Self> {
        shown(Command::new("cargo").current_dir(paths::root()).args([
            "build",
            "--quiet",
            "--package",
            "headgate-e2e",
            "--bin",
            "recorded",
        ]))?;
        std::fs::create_dir_all(dir)?;
        let log = dir.join("recorded.jsonl");
        if log.exists() {
            std::fs::remove_file(&log)?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        // Nobody else's: that it is nowhere else is what a story looks for.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let key = format!("sk-recorded-{:x}", now.as_nanos());
        let child = Command::new(paths::target().join("debug/recorded"))
            .arg(paths::root().join("evals"))
            .args([&port.to_string(), &key])
            .arg(&log)
            .stdin(Stdio::null())
            .spawn()?;
        let recorded = Self { child, url, key, log };
        let end = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > end {
                bail!("the server of recorded answers does not come up");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(recorded)
    }

    /// Deploys a fleet whose models are recorded here, and stores their key where it looks for it.
    pub fn launch(&self, stack: &Stack) -> Result<Deployed> {
        let suites = format!("{{\"{STANDING}\":\"{}\"}}", version(STANDING)?);
        let url = format!("{}/v1", self.url);
        let deployed = stack.launch(&[("recorded_url", url), ("standing_suites", suites)])?;
        self.set_key(&deployed, &stack.config_file())?;
        Ok(deployed)
    }

    fn set_key(&self, deployed: &Deployed, config: &Path) -> Result<()> {
        let secret = deployed.fleet["model_secrets"]["recorded"].as_str().unwrap_or_default();
        let mut command = headgate(deployed, config);
        command.args(["model-key", "set", "--secret", secret]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(self.key.as_bytes())?;
        }
        anyhow::ensure!(child.wait()?.success(), "the key of the recorded models is not stored");
        Ok(())
    }
}

/// The version of a suite, as the fleet is told it.
fn version(suite: &str) -> Result<String> {
    let mut command = Command::new(build::headgate());
    command.current_dir(paths::root()).args(["eval", "check", "--json"]);
    let shown = output(command.arg(format!("evals/{suite}")))?;
    let shown: serde_json::Value = serde_json::from_str(&shown)?;
    let digest = shown["digest"].as_str().map(str::to_owned);
    digest.ok_or_else(|| anyhow::anyhow!("`headgate eval check` gives no digest of {suite}"))
}

impl Drop for Recorded {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
