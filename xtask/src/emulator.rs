//! Starts MiniStack or LocalStack on loopback, waits until it is ready, and stops it with all its child
//! processes.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::slice;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use crate::progress::step;
use crate::state::Running;
use crate::{paths, tools};

/// Default port of both emulators.
const PORT: u16 = 4566;
/// Log of what was denied, and of what each role was allowed, in the emulator's folder. Only MiniStack writes it.
pub const IAM_LOG: &str = "iam.log";
/// How long to wait for an emulator to become ready.
const READY: Duration = Duration::from_secs(90);

/// The supported emulators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// MiniStack: the default, and the faster one
    Ministack,
    /// LocalStack 4.14.0 in host mode
    Localstack,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Ministack => "ministack",
            Self::Localstack => "localstack",
        }
    }

    fn health(self) -> &'static str {
        match self {
            Self::Ministack => "/_ministack/health",
            Self::Localstack => "/_localstack/health",
        }
    }
}

/// Starts an emulator that keeps its files below `dir`, and waits until it is ready.
pub fn start(kind: Kind, dir: &Path, envs: &[(&'static str, String)]) -> Result<Running> {
    let mut command = command(kind)?;
    let port = free_port()?;
    let endpoint = format!("http://127.0.0.1:{port}");
    let tmp = dir.join("tmp");
    // Delete files left by an earlier run.
    if tmp.exists() {
        std::fs::remove_dir_all(&tmp)?;
    }
    std::fs::create_dir_all(&tmp)?;
    std::fs::create_dir_all(dir.join("cache"))?;
    drop(std::fs::remove_file(dir.join(IAM_LOG)));
    let log = File::create(dir.join(format!("{}.log", kind.name())))?;
    // Functions inherit the emulator's environment. Start it with an empty one, so that the developer's
    // credentials and settings do not reach the functions.
    command.env_clear();
    for name in ["PATH", "HOME", "LANG"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("TMPDIR", &tmp);
    match kind {
        Kind::Ministack => command
            .env("GATEWAY_PORT", port.to_string())
            .env("BIND_HOST", "127.0.0.1")
            // Policies are enforced; see localstack/enforcing.
            .env("AUTH", "true")
            // It would listen on a port of its own as soon as there is a library for keys.
            .env("IOT_MTLS_ENABLED", "0")
            .env("HEADGATE_IAM_LOG", dir.join(IAM_LOG))
            .env("AWS_ENDPOINT_URL", &endpoint),
        Kind::Localstack => command
            .env("GATEWAY_LISTEN", format!("127.0.0.1:{port}"))
            .env("FILESYSTEM_ROOT", dir)
            .env("XDG_CACHE_HOME", dir.join("cache"))
            .envs([
                ("DNS_ADDRESS", "0"),
                ("SKIP_SSL_CERT_DOWNLOAD", "1"),
                ("DISABLE_EVENTS", "1"),
                ("OVERRIDE_IN_DOCKER", "0"),
                ("LAMBDA_RUNTIME_EXECUTOR", "host"),
                ("PROVIDER_OVERRIDE_DYNAMODB", "moto"),
                ("LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC", "0.1"),
                ("LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "0.2"),
                ("LAMBDA_SYNCHRONOUS_CREATE", "1"),
            ]),
    };
    command.envs(envs.iter().map(|(name, value)| (name, value)));
    step(&format!("starting {} on {endpoint}", kind.name()), || {
        let mut child = command
            .current_dir(dir)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()?;
        let pid = i32::try_from(child.id())?;
        let end = Instant::now() + READY;
        while !healthy(port, kind.health()) {
            if let Some(status) = child.try_wait()? {
                bail!("{} exited with {status}; see its log in {}", kind.name(), dir.display());
            }
            if Instant::now() > end {
                killpg(Pid::from_raw(pid), Signal::SIGKILL)?;
                bail!("{} did not become ready; see its log in {}", kind.name(), dir.display());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let started = started(pid).unwrap_or_default();
        Ok(Running { pid, started, port })
    })
}

/// Stops an emulator and every process it started. Does nothing if it is no longer running.
pub fn stop(running: &Running) -> Result<()> {
    if !alive(running) {
        return Ok(());
    }
    let group = Pid::from_raw(running.pid);
    killpg(group, Signal::SIGTERM)?;
    let end = Instant::now() + Duration::from_secs(12);
    while group_lives(group) && Instant::now() < end {
        // Reaps the emulator if it is a child of this process.
        waitpid(group, Some(WaitPidFlag::WNOHANG)).ok();
        std::thread::sleep(Duration::from_millis(100));
    }
    if group_lives(group) {
        killpg(group, Signal::SIGKILL)?;
    }
    Ok(())
}

fn group_lives(group: Pid) -> bool {
    killpg(group, None).is_ok()
}

/// Whether the emulator is still running. Compares start times, because a process ID can be reused.
pub fn alive(running: &Running) -> bool {
    started(running.pid) == Some(running.started)
}

/// Returns the start time of a process: field 22 of `/proc/<pid>/stat`, see proc(5).
fn started(pid: i32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let state = after_name.split_whitespace().next()?;
    if state == "Z" {
        return None;
    }
    after_name.split_whitespace().nth(19)?.parse().ok()
}

fn command(kind: Kind) -> Result<Command> {
    match kind {
        Kind::Ministack => {
            let mut command = Command::new(tools::venv()?.join("bin/python"));
            command.arg(paths::root().join("localstack/start_ministack.py"));
            Ok(command)
        }
        Kind::Localstack => {
            let mut command = Command::new(localstack()?.join("bin/python"));
            command.args(["-m", "localstack.runtime.main"]);
            Ok(command)
        }
    }
}

/// Installs LocalStack, unless it is installed.
pub fn install_localstack() -> Result<()> {
    localstack().map(drop)
}

/// Returns the venv with LocalStack and our plug-in. Installs them if they are missing or outdated.
fn localstack() -> Result<PathBuf> {
    let dir = paths::root().join("localstack");
    let constraints = dir.join("constraints.txt");
    let venv = tools::install("venv-localstack", 12, slice::from_ref(&constraints), |pip| {
        pip.args(["install", "-r"]).arg(&constraints);
    })?;
    let plugin = dir.join("plugin");
    let mut inputs = vec![PathBuf::from("pyproject.toml")];
    for file in std::fs::read_dir(plugin.join("src/localstack_host_runtime"))? {
        inputs.push(file?.path().strip_prefix(&plugin)?.to_owned());
    }
    inputs.retain(|input| input.extension().is_some()); // not `__pycache__`
    inputs.sort();
    let mut wanted = String::new();
    for input in &inputs {
        wanted.push_str(&std::fs::read_to_string(plugin.join(input))?);
    }
    let stamp = venv.join("plugin.stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(venv);
    }
    step("installing the LocalStack plug-in", || {
        // pip writes build files into the source tree. Building from a copy keeps the checkout clean.
        let copy = paths::home().join("localstack-plugin");
        if copy.exists() {
            std::fs::remove_dir_all(&copy)?;
        }
        std::fs::create_dir_all(copy.join("src/localstack_host_runtime"))?;
        for input in &inputs {
            std::fs::copy(plugin.join(input), copy.join(input))?;
        }
        let mut pip = Command::new(venv.join("bin/pip"));
        pip.args(["install", "--no-build-isolation", "--no-deps", "--force-reinstall"]).arg(&copy);
        crate::progress::logged(&mut pip, &paths::home().join("logs/localstack-plugin.log"))
    })?;
    std::fs::write(stamp, wanted)?;
    Ok(venv)
}

/// Returns the default port, or another free port if it is in use.
fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind(("127.0.0.1", PORT)).or_else(|_| TcpListener::bind(("127.0.0.1", 0)))?;
    Ok(listener.local_addr()?.port())
}

fn healthy(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0u8; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.ends_with(" 200"))
}
