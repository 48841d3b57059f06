"""moto's tables at the cost of what a request touches, instead of all that is stored.

moto copies every table of a transaction, to put the copy back if it is cancelled,
and sorts a whole table for every query. After forty stories that is three seconds
for a decision. Both are replaced here, by an undo log and by the one partition
that is asked for; every rule about items and conditions is still moto's.
"""

import copy
import functools
import inspect
from unittest import mock

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table


def install() -> None:
    """Replace both. Safe only while operations come one at a time."""
    DynamoDBBackend.transact_write_items = _undone_when_cancelled(
        DynamoDBBackend.transact_write_items
    )
    Table.query = _of_one_partition(Table.query)


def _undone_when_cancelled(transact):
    @functools.wraps(transact)
    def write(backend, transact_items):
        before = list(_items_before(backend, transact_items))
        try:
            # What moto copies and puts back is the table itself.
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
    """Every item that a transaction may write, as it is now; updates change items in place."""
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
            """`query` filters by the key and sorts; all it needs is no fewer items than match."""
            of_hash = table.items.values()
            if asked.get("index_name") is None:
                of_hash = [table.items[hash_key]] if hash_key in table.items else []
            if not table.range_key_attr:
                return list(of_hash)
            return [item for of_range in of_hash for item in of_range.values()]

        with mock.patch.object(table, "all_items", items):
            return query(table, hash_key, *args, **kwargs)

    return of_one_partition
