"""A LocalStack Lambda executor that runs functions as processes of this host.

One `HostRuntimeExecutor` is one execution environment: LocalStack creates it
when no idle one exists, sends it invocations one at a time, and stops it after
LAMBDA_KEEPALIVE_MS without work, on function update/delete, and on shutdown.

Life cycle of the process in an environment:

    start() ──spawn──> waiting for work <──> invoke()
                            │ timeout / exit of the process
                            └──> process gone; the next invoke() starts a new one

AWS does the same: a timeout or a crash resets the environment and does not
affect later invocations.
"""

import atexit
import errno
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import weakref
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import (
    FunctionVersion,
    InvocationResult,
)
from localstack.services.lambda_.invocation.runtime_executor import (
    LambdaRuntimeException,
    RuntimeExecutor,
)

from localstack_host_runtime.runtime_api import (
    Outcome,
    PendingInvocation,
    RuntimeApi,
    error_outcome,
    resolve,
)

LOG = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
TERM_GRACE_SECONDS = 0.5

# The only variables of LocalStack's own environment that functions inherit.
# Others do not exist on AWS and would hide configuration mistakes.
INHERITED_VARIABLES = ("PATH", "LANG", "SSL_CERT_FILE", "RUST_BACKTRACE")

# Set by LocalStack for the Docker image's init process or its X-Ray daemon.
DROPPED_VARIABLES = (
    "AWS_EXECUTION_ENV",
    "AWS_XRAY_DAEMON_ADDRESS",
    "_AWS_XRAY_DAEMON_ADDRESS",
    "_AWS_XRAY_DAEMON_PORT",
    "LOCALSTACK_RUNTIME_ENDPOINT",
    "LOCALSTACK_RUNTIME_ID",
    "LOCALSTACK_FUNCTION_ACCOUNT_ID",
    "LOCALSTACK_MAX_PAYLOAD_SIZE",
    "LOCALSTACK_USER",
)

# Processes that are still running when the interpreter exits are killed.
# LocalStack normally stops environments itself; this covers an unclean exit.
_live_processes: "weakref.WeakSet[FunctionProcess]" = weakref.WeakSet()


@atexit.register
def _kill_leftovers() -> None:
    for process in list(_live_processes):
        process.kill(grace=0)


class FunctionProcess:
    """A running `bootstrap` together with its Runtime API server."""

    def __init__(self, code_dir: Path, env: dict[str, str], log_file: Path) -> None:
        self.api = RuntimeApi()
        try:
            with log_file.open("ab") as log:
                self._process = self._popen(
                    code_dir, env | {"AWS_LAMBDA_RUNTIME_API": self.api.address}, log
                )
        except OSError as e:
            self.api.close()
            raise LambdaRuntimeException(f"Cannot run {code_dir}/bootstrap: {e}") from e
        _live_processes.add(self)
        threading.Thread(target=self._watch, name="lambda-process-watch", daemon=True).start()

    @staticmethod
    def _popen(code_dir: Path, env: dict[str, str], log) -> subprocess.Popen:
        for attempt in range(20):
            try:
                return subprocess.Popen(
                    [str(code_dir / "bootstrap")],
                    cwd=code_dir,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    # a separate process group, so that kill() reaches its children
                    start_new_session=True,
                )
            except OSError as e:
                # "Text file busy": another thread forked while the file was
                # being unpacked, and its child keeps the file open until exec.
                if e.errno != errno.ETXTBSY or attempt == 19:
                    raise
                time.sleep(0.05)
        raise AssertionError("unreachable")

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def _watch(self) -> None:
        code = self._process.wait()
        reason = f"exit status {code}" if code >= 0 else f"signal: {signal.Signals(-code).name}"
        self.api.fail(
            error_outcome("Runtime.ExitError", f"Error: Runtime exited with error: {reason}")
        )

    def kill(self, grace: float = TERM_GRACE_SECONDS) -> None:
        """Stop the process and everything it started. Idempotent."""
        self.api.close()
        if grace and self._signal(signal.SIGTERM):
            try:
                self._process.wait(grace)
            except subprocess.TimeoutExpired:
                pass
        # Even if the leader has exited, its children may still run.
        self._signal(signal.SIGKILL)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            LOG.warning("Function process %s is still running after SIGKILL", self.pid)
        _live_processes.discard(self)

    def _signal(self, sig: int) -> bool:
        try:
            os.killpg(self.pid, sig)
            return True
        except ProcessLookupError:
            return False


class HostRuntimeExecutor(RuntimeExecutor):
    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self._env: dict[str, str] = {}
        self._process: FunctionProcess | None = None
        self._stopped = False
        self._lock = threading.Lock()  # guards _process and _stopped
        name = f"{function_version.id.function_name}-{id}"
        # Logs are kept after the environment stops; the scratch directory is deleted.
        self._log_file = Path(config.dirs.logs, "lambda", f"{name}.log")
        self._scratch_dir = Path(tempfile.gettempdir(), "lambda", "scratch", name)

    # -- life cycle (called by LocalStack's ExecutionEnvironment)

    def start(self, env_vars: dict[str, str]) -> None:
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        self._scratch_dir.mkdir(parents=True, exist_ok=True)
        self._env = self._process_environment(env_vars)
        self._spawn()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            process, self._process = self._process, None
        if process:
            process.kill()
        shutil.rmtree(self._scratch_dir, ignore_errors=True)

    def _process_environment(self, env_vars: dict[str, str]) -> dict[str, str]:
        """LocalStack's variables, which include the function's own configuration,
        without those for its container, and with the paths of this host."""
        code_dir = str(self._code_dir())
        env = {k: os.environ[k] for k in INHERITED_VARIABLES if k in os.environ}
        env |= {k: str(v) for k, v in env_vars.items() if k not in DROPPED_VARIABLES}
        env |= {"LAMBDA_TASK_ROOT": code_dir, "LAMBDA_RUNTIME_DIR": code_dir}
        env.setdefault("TMPDIR", str(self._scratch_dir))
        return env

    def _code_dir(self) -> Path:
        # absolute, and unpacked by prepare_version()
        return self.function_version.config.code.get_unzipped_code_location().absolute()

    def _spawn(self) -> FunctionProcess:
        """Start the process and wait until it asks for its first invocation.

        LocalStack limits the wait: it calls stop() after
        LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT seconds, which cancels the future.
        """
        with self._lock:
            if self._stopped:
                raise LambdaRuntimeException("Environment is stopped")
            process = FunctionProcess(self._code_dir(), self._env, self._log_file)
            self._process = process
        try:
            failure = process.api.initialised.result(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
        except CancelledError as e:
            raise LambdaRuntimeException("Stopped while the function initialised") from e
        except FutureTimeoutError:
            failure = error_outcome("Sandbox.Timedout", "Error: Runtime initialisation timed out")
        if failure:
            process.kill()
            # LocalStack turns this into a FunctionError with this payload
            raise StatusErrorException("Function failed to initialise", payload=failure.payload)
        LOG.debug("Function %s runs as process %s", self._name(), process.pid)
        return process

    # -- invocations

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request_id = payload["invoke-id"]
        timeout = self.function_version.config.timeout
        log_start = self._log_size()

        process = self._process
        if process is None or not process.alive():  # after a timeout or a crash
            if process:
                process.kill(grace=0)
            process = self._spawn()

        started = time.monotonic()
        invocation = PendingInvocation(
            request_id=request_id,
            function_arn=payload["invoked-function-arn"],
            payload=payload["payload"].encode(),
            deadline=time.time() + timeout,
            trace_id=payload["trace-id"],
        )
        process.api.submit(invocation)
        if not process.alive():
            # The process exited between the check above and submit(). Its watcher
            # may have run too early to fail this invocation.
            resolve(
                invocation.outcome,
                error_outcome("Runtime.ExitError", "Error: Runtime exited before the invocation"),
            )
        try:
            outcome = invocation.outcome.result(timeout)
        except FutureTimeoutError:
            outcome = self._time_out(process, invocation, timeout)

        limit = config.LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES
        if len(outcome.payload) > limit:
            outcome = error_outcome(
                "Function.ResponseSizeTooLarge",
                f"Response payload size exceeded maximum allowed payload size ({limit} bytes).",
            )

        return InvocationResult(
            request_id=request_id,
            payload=outcome.payload,
            is_error=outcome.is_error,
            logs=self._invocation_logs(request_id, log_start, time.monotonic() - started),
        )

    def _time_out(
        self, process: FunctionProcess, invocation: PendingInvocation, timeout: int
    ) -> Outcome:
        late = error_outcome(
            "Sandbox.Timedout",
            f"RequestId: {invocation.request_id} Error: Task timed out after {timeout:.2f} seconds",
        )
        if not resolve(invocation.outcome, late):
            return invocation.outcome.result()  # the answer arrived at the last moment
        process.kill(grace=0)
        return late

    # -- logs

    def _log_size(self) -> int:
        try:
            return self._log_file.stat().st_size
        except FileNotFoundError:
            return 0

    def _invocation_logs(self, request_id: str, start: int, duration: float) -> str:
        """What the process wrote since `start`, between START and REPORT lines as on AWS.

        Never empty, because LocalStack warns about invocations without logs.
        """
        output = ""
        try:
            with self._log_file.open("rb") as f:
                f.seek(start)
                output = f.read().decode(errors="replace")
        except FileNotFoundError:
            pass
        if output and not output.endswith("\n"):
            output += "\n"
        version = self.function_version.id.qualifier
        return (
            f"START RequestId: {request_id} Version: {version}\n{output}"
            f"END RequestId: {request_id}\n"
            f"REPORT RequestId: {request_id}\tDuration: {duration * 1000:.2f} ms\n"
        )

    def get_logs(self) -> str:
        try:
            return self._log_file.read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def _name(self) -> str:
        return self.function_version.qualified_arn

    # -- addresses: everything is on loopback

    def get_address(self) -> str:
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        return LOOPBACK  # becomes AWS_ENDPOINT_URL=http://127.0.0.1:<port>

    def get_runtime_endpoint(self) -> str:
        return ""  # only the Docker image's init process uses it

    # -- function versions

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack the code; a failure here makes the function's state `Failed`."""
        code = function_version.config.code
        if code is None:
            raise LambdaRuntimeException("Only zip packages can run as host processes")
        code.prepare_for_execution()
        if not (code.get_unzipped_code_location() / "bootstrap").is_file():
            raise LambdaRuntimeException("The package has no file named 'bootstrap'")

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        pass  # LocalStack deletes the unpacked code itself

    @classmethod
    def validate_environment(cls) -> bool:
        return True
