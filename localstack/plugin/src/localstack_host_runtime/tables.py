"""Makes moto's tables faster: the cost of a request depends only on the items it touches.

moto copies every table of a transaction, to restore the copy if the transaction is
cancelled, and sorts the whole table for every query. After forty stories, a decision
takes three seconds. This module uses an undo log instead of the copies, and reads
only the queried partition. moto still applies all rules about items and conditions.
"""

import copy
import functools
import inspect
from unittest import mock

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table


def install() -> None:
    """Replace both functions. Safe only if operations run one at a time."""
    DynamoDBBackend.transact_write_items = _undone_when_cancelled(
        DynamoDBBackend.transact_write_items
    )
    Table.query = _of_one_partition(Table.query)


def _undone_when_cancelled(transact):
    @functools.wraps(transact)
    def write(backend, transact_items):
        before = list(_items_before(backend, transact_items))
        try:
            # Make moto's copy the table itself, so that copying and restoring it is free.
            with mock.patch.object(
                Table, "__deepcopy__", lambda table, memo: table, create=True
            ):
                return transact(backend, transact_items)
        except BaseException:
            for table, hash_key, range_key, item in before:
                _put_back(table, hash_key, range_key, item)
            raise

    return write


def _items_before(backend, transact_items):
    """Copies of all items that a transaction may write, because updates change items in place."""
    for transact_item in transact_items:
        kind, operation = next(iter(transact_item.items()))
        if kind == "ConditionCheck":
            continue
        table = backend.get_table(operation["TableName"])
        keys = operation["Item"] if kind == "Put" else operation["Key"]
        hash_key, range_key = backend.get_keys_value(table, keys)
        item = copy.deepcopy(table.get_item(hash_key, range_key))
        yield table, hash_key, range_key, item


def _put_back(table, hash_key, range_key, item) -> None:
    if item is None:
        table.delete_item(hash_key, range_key)
    elif table.has_range_key:
        table.items[hash_key][range_key] = item
    else:
        table.items[hash_key] = item


def _of_one_partition(query):
    signature = inspect.signature(query)

    @functools.wraps(query)
    def of_one_partition(table, hash_key, *args, **kwargs):
        asked = signature.bind(table, hash_key, *args, **kwargs).arguments

        def items():
            """Items for `query`, which filters by key and sorts. Must include every match."""
            of_hash = table.items.values()
            if asked.get("index_name") is None:
                of_hash = [table.items[hash_key]] if hash_key in table.items else []
            if not table.range_key_attr:
                return list(of_hash)
            return [item for of_range in of_hash for item in of_range.values()]

        with mock.patch.object(table, "all_items", items):
            return query(table, hash_key, *args, **kwargs)

    return of_one_partition
