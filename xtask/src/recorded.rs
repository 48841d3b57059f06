//! Runs the server of recorded model answers that the evaluation stories use.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::progress::output;
use crate::stack::{Stack, headgate};
use crate::state::Deployed;
use crate::{build, cargo, paths};

/// The suite whose runs affect the standing of models.
const STANDING: &str = "terraform-basics";

/// Runs a closure with an emulator and a server of recorded answers, and stops both afterwards.
pub fn with_models(
    mut stack: Stack,
    run: impl FnOnce(&Stack, &Recorded) -> Result<()>,
) -> Result<()> {
    stack.stop()?;
    let recorded = Recorded::start(&stack.dir)?;
    stack.envs.push(("MINISTACK_BEDROCK_PROXY_URL", format!("{}/bedrock", recorded.url)));
    let stack = Stopped(stack);
    let result = run(&stack.0, &recorded);
    result.and(stack.0.stop().map(drop))
}

/// Stops the emulator when it is dropped, also after a panic.
struct Stopped(Stack);

impl Drop for Stopped {
    fn drop(&mut self) {
        drop(self.0.stop());
    }
}

/// A running server of recorded answers. Dropping this value stops the server.
pub struct Recorded {
    child: Child,
    /// Base URL of the server.
    pub url: String,
    /// API key that the server requires.
    pub key: String,
    /// Log of all calls, one JSON object per line.
    pub log: PathBuf,
}

impl Recorded {
    /// Builds the server, starts it, and waits until it accepts connections.
    pub fn start(dir: &Path) -> Result<Self> {
        cargo::build(&cargo::selected(&["headgate-e2e"]))?;
        std::fs::create_dir_all(dir)?;
        let log = dir.join("recorded.jsonl");
        if log.exists() {
            std::fs::remove_file(&log)?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        // A unique key: a story searches for it to prove that the key appears nowhere else.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let key = format!("sk-recorded-{:x}", now.as_nanos());
        let child = Command::new(cargo::binary("recorded"))
            .arg(paths::root().join("evals"))
            .args([&port.to_string(), &key])
            .arg(&log)
            .stdin(Stdio::null())
            .spawn()?;
        let recorded = Self { child, url, key, log };
        let end = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > end {
                bail!("the server of recorded answers did not start within 20 seconds");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(recorded)
    }

    /// Deploys a fleet that uses this server for its models, and stores the API key in the fleet's secret.
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
        anyhow::ensure!(child.wait()?.success(), "`headgate model-key set` failed");
        Ok(())
    }
}

/// Returns the version (digest) of a suite, for the fleet's configuration.
fn version(suite: &str) -> Result<String> {
    let mut command = Command::new(build::headgate());
    command.current_dir(paths::root()).args(["eval", "check", "--json"]);
    let shown = output(command.arg(format!("evals/{suite}")))?;
    let shown: serde_json::Value = serde_json::from_str(&shown)?;
    let digest = shown["digest"].as_str().map(str::to_owned);
    digest.ok_or_else(|| anyhow::anyhow!("`headgate eval check` printed no digest of {suite}"))
}

impl Drop for Recorded {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
