"""DynamoDB from moto, with the isolation that transactions need."""

import threading

from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.skeleton import DispatchTable
from localstack.services.moto import MotoFallbackDispatcher

from localstack_host_runtime import tables


class MotoDynamoDBProvider(DynamodbApi):
    """Implements no operation, so that every one falls through to moto."""


def locked_moto_dispatcher(provider: object) -> DispatchTable:
    """Send every operation to moto, one at a time.

    moto's transactions are not isolated: a cancelled transaction restores a copy of
    the table from its start, and so undoes writes that others made meanwhile.
    """
    tables.install()
    lock = threading.Lock()

    def one_at_a_time(handler):
        def handle(context, request):
            with lock:
                return handler(context, request)

        return handle

    table = MotoFallbackDispatcher(provider)
    return {operation: one_at_a_time(handler) for operation, handler in table.items()}
