"""The partition keys of a DynamoDB request, which a policy can limit (`dynamodb:LeadingKeys`).

AWS documents the key as multi-valued and fills it with "the values of the partition keys" of the request; a request that names none, such as
Scan, has no such key, and `ForAllValues` is then true (DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access
control").
"""

import json
import re

_TRANSACTION = {
    "Put": ("dynamodb:PutItem", "Item"),
    "Update": ("dynamodb:UpdateItem", "Key"),
    "Delete": ("dynamodb:DeleteItem", "Key"),
    "ConditionCheck": ("dynamodb:ConditionCheckItem", "Key"),
    "Get": ("dynamodb:GetItem", "Key"),
}
_EQUALS = re.compile(r"^\s*\(?\s*[#\w]+\s*=\s*(:\w+)")


def leading_keys(action, resource_arn, body):
    """Values of the partition keys, of the table's or of the index's; of a transaction, those of the items for this action."""
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return None
    if not action.startswith("dynamodb:") or ":table/" not in resource_arn:
        return None
    table = resource_arn.split(":table/", 1)[1].split("/", 1)[0]
    found = []
    for item in data.get("TransactItems") or []:
        for member, (does, where) in _TRANSACTION.items():
            part = item.get(member) or {}
            if does == action and _named(part.get("TableName"), table):
                found.append(part.get(where) or {})
    for name, asked in (data.get("RequestItems") or {}).items():
        if _named(name, table) and isinstance(asked, dict):
            found += asked.get("Keys") or []
    found += [data[where] for where in ("Item", "Key") if where in data]
    keys = [key["pk"]["S"] for key in found if "S" in key.get("pk", {})]
    equals = _EQUALS.match(data.get("KeyConditionExpression") or "")
    if equals:
        value = (data.get("ExpressionAttributeValues") or {}).get(equals.group(1), {})
        keys += [value["S"]] if "S" in value else []
    return keys or None


def kind(key):
    """What a key is of, without whose: the part before the first `#` or `/`."""
    return re.split("[#/]", key, maxsplit=1)[0]


def _named(name, table):
    return name == table or str(name).endswith(f":table/{table}")
