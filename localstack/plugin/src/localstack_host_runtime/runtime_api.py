"""A Lambda Runtime API server for one function process.

The function process (the `bootstrap` of a `provided.*` zip) talks to it over
loopback HTTP: it long-polls for work and posts results back.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

Each server serves exactly one process and closes with it, so a late request from
a killed process can never reach the server of the next process.
"""

import json
import logging
import queue
import re
import threading
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = logging.getLogger(__name__)

API_VERSION = "2018-06-01"
_RESULT_PATH = re.compile(rf"^/{API_VERSION}/runtime/invocation/([^/]+)/(response|error)$")


@dataclass(frozen=True)
class Outcome:
    """How an invocation (or the start of a process) ended."""

    payload: bytes
    is_error: bool


def error_outcome(error_type: str, message: str) -> Outcome:
    body = {"errorType": error_type, "errorMessage": message}
    return Outcome(json.dumps(body).encode(), is_error=True)


@dataclass
class PendingInvocation:
    request_id: str
    function_arn: str
    payload: bytes
    deadline: float  # Unix time, seconds
    trace_id: str
    outcome: "Future[Outcome]" = field(default_factory=Future)


def resolve(future: Future, value) -> bool:
    """Set a future's result. Returns False if it was already set or cancelled."""
    try:
        future.set_result(value)
        return True
    except InvalidStateError:
        return False


class RuntimeApi:
    """The server and the one invocation that may be in flight on it."""

    def __init__(self) -> None:
        # None once the process has asked for its first invocation (initialised).
        # An error outcome if it exited or reported an error before that.
        self.initialised: Future[Outcome | None] = Future()
        self._work: queue.SimpleQueue[PendingInvocation | None] = queue.SimpleQueue()
        self._current: PendingInvocation | None = None
        self._closed = threading.Event()

        api = self

        class Handler(_Handler):
            runtime_api = api

        # port 0: let the kernel choose; connections are handled by daemon threads
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.2},
            name="lambda-runtime-api",
            daemon=True,
        )
        self._thread.start()

    @property
    def address(self) -> str:
        """The value for AWS_LAMBDA_RUNTIME_API: host:port without a scheme."""
        host, port = self._server.server_address[:2]
        return f"{host}:{port}"

    # -- LocalStack's side

    def submit(self, invocation: PendingInvocation) -> None:
        self._current = invocation
        self._work.put(invocation)

    def fail(self, outcome: Outcome) -> None:
        """The process has exited: fail everything that still waits for it."""
        resolve(self.initialised, outcome)
        if current := self._current:
            resolve(current.outcome, outcome)

    def close(self) -> None:
        """Release the poller (if any) and the port, and cancel all waiters."""
        if self._closed.is_set():
            return
        self._closed.set()
        self.initialised.cancel()
        if current := self._current:
            current.outcome.cancel()
        self._work.put(None)
        # shutdown() waits for the accept loop's next poll. Do not block the caller.
        threading.Thread(target=self._close_server, name="lambda-runtime-api-close").start()

    def _close_server(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # -- the function's side

    def next_invocation(self) -> PendingInvocation | None:
        resolve(self.initialised, None)
        return self._work.get()

    def complete(self, request_id: str, outcome: Outcome) -> bool:
        current = self._current
        if current is None or current.request_id != request_id:
            return False
        return resolve(current.outcome, outcome)

    def init_error(self, payload: bytes) -> None:
        resolve(self.initialised, Outcome(payload, is_error=True))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keep-alive: the runtime reuses its connection
    # Headers and body go out in two writes; without this, Nagle's algorithm
    # and delayed ACKs add 40 ms to every invocation on a kept-alive connection.
    disable_nagle_algorithm = True
    runtime_api: RuntimeApi

    def do_GET(self) -> None:
        if self.path != f"/{API_VERSION}/runtime/invocation/next":
            return self._reply(404, {"errorType": "InvalidPath", "errorMessage": self.path})
        invocation = self.runtime_api.next_invocation()
        if invocation is None:  # shutting down: close the connection
            self.close_connection = True
            return None
        self._reply(
            200,
            invocation.payload,
            {
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
                "Lambda-Runtime-Trace-Id": invocation.trace_id,
            },
        )

    def do_POST(self) -> None:
        # Read the body even of a bad request, because the connection is reused.
        body = self._read_body()
        if self.path == f"/{API_VERSION}/runtime/init/error":
            self.runtime_api.init_error(body)
            return self._reply(202, {"status": "OK"})
        if match := _RESULT_PATH.match(self.path):
            request_id, kind = match.groups()
            if self.runtime_api.complete(request_id, Outcome(body, kind == "error")):
                return self._reply(202, {"status": "OK"})
            # unknown, or already finished (for example timed out)
            return self._reply(
                400, {"errorType": "InvalidRequestID", "errorMessage": "Invalid request ID"}
            )
        return self._reply(404, {"errorType": "InvalidPath", "errorMessage": self.path})

    def _read_body(self) -> bytes:
        """Read the body. http.server does not, and the Rust runtime sends chunked bodies."""
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()  # the CRLF after the chunk
        while self.rfile.readline() not in (b"\r\n", b"\n", b""):
            pass  # trailers
        return b"".join(chunks)

    def _reply(self, status: int, body: bytes | dict, headers: dict | None = None) -> None:
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args) -> None:
        LOG.debug("runtime api %s: " + format, self.runtime_api.address, *args)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, ValueError):
            pass  # the process was killed in the middle of a request
