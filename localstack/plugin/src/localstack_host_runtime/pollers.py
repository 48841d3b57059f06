"""Polls a queue with several pollers, as AWS does.

LocalStack has one poller for each event source mapping, and it waits for the function
before it receives again. One slow message delays all others, so a queue takes minutes
where AWS takes seconds, and two batches of one function never run at the same time.

AWS adds pollers while a queue has messages, up to the mapping's MaximumConcurrency.
Here, too: a poller that has received messages starts another one before it handles
them, and an additional poller ends when it finds the queue empty.
"""

import functools
import logging
import threading

from localstack.services.lambda_.event_source_mapping.esm_worker_factory import EsmWorkerFactory
from localstack.services.lambda_.event_source_mapping.pollers.poller import (
    EmptyPollResultsException,
)
from localstack.services.lambda_.event_source_mapping.pollers.sqs_poller import SqsPoller
from localstack.services.lambda_.invocation.assignment import AssignmentService

LOG = logging.getLogger(__name__)

# Pollers of one queue. AWS starts with five. More would only compete for Python's lock.
MOST_POLLERS = 4


def install() -> None:
    EsmWorkerFactory.get_esm_worker = _with_limit(EsmWorkerFactory.get_esm_worker)
    SqsPoller.handle_messages = _with_another_poller(SqsPoller.handle_messages)
    AssignmentService.get_environment = _with_copied_values(AssignmentService.get_environment)


def _with_limit(get_esm_worker):
    @functools.wraps(get_esm_worker)
    def get(factory):
        worker = get_esm_worker(factory)
        scaling = factory.esm_config.get("ScalingConfig") or {}
        worker.poller.additional = Additional(
            worker, min(MOST_POLLERS, scaling.get("MaximumConcurrency", MOST_POLLERS)) - 1
        )
        return worker

    return get


def _with_another_poller(handle_messages):
    @functools.wraps(handle_messages)
    def handle(poller, messages):
        # Pollers of EventBridge Pipes have no worker.
        if additional := getattr(poller, "additional", None):
            additional.start()
        return handle_messages(poller, messages)

    return handle


class Additional:
    """The additional pollers of one queue."""

    def __init__(self, worker, most: int) -> None:
        self._worker = worker
        self._free = threading.Semaphore(most)

    def start(self) -> None:
        if not self._free.acquire(blocking=False):
            return
        try:
            threading.Thread(target=self._poll, name="additional-poller", daemon=True).start()
        except RuntimeError as e:  # no more threads
            self._free.release()
            LOG.warning("Cannot start an additional poller: %s", e)

    def _poll(self) -> None:
        try:
            while self._worker.enabled and not self._worker._shutdown_event.is_set():
                self._worker.poller.poll_events()
        except EmptyPollResultsException:
            pass
        except Exception as e:
            LOG.warning("An additional poller ends: %s", e)  # the first poller goes on
        finally:
            self._free.release()


class _CopiedValues(dict):
    """A dict whose values can be iterated while another thread adds one."""

    def values(self):
        return list(super().values())


def _with_copied_values(get_environment):
    """LocalStack iterates the environments of a function while other threads start some."""
    lock = threading.Lock()

    @functools.wraps(get_environment)
    def get(service, version_manager_id, *args, **kwargs):
        with lock:
            known = service.environments[version_manager_id]
            if not isinstance(known, _CopiedValues):
                service.environments[version_manager_id] = _CopiedValues(known)
        return get_environment(service, version_manager_id, *args, **kwargs)

    return get
