"""The policy of an event bus, and what a rule may deliver to."""

import json
import threading

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge

from . import keys, record

_rule = threading.local()


def install():
    put_permission = eventbridge._put_permission

    def put(data):
        # A whole policy replaces the one that the bus has (EventBridge API reference, PutPermission).
        if data.get("Policy"):
            eventbridge._event_bus_policies[data.get("EventBusName", "default")] = json.loads(data["Policy"])
            return eventbridge.json_response({})
        return put_permission(data)

    eventbridge._put_permission = put
    eventbridge.bus_policy_for_arn = bus_policy
    iam_evaluator._RESOURCE_POLICY_LOOKUPS["events"] = ("eventbridge", "bus_policy_for_arn")

    invoke = eventbridge._invoke_target

    def invoke_target(target, event, rule, view=None):
        name = f"{rule.get('EventBusName')}/{rule.get('Name')}"
        _rule.arn = rule.get("Arn") or f"arn:aws:events:{get_region()}:{get_account_id()}:rule/{name}"
        return invoke(target, event, rule, view)

    eventbridge._invoke_target = invoke_target

    dispatch = eventbridge._dispatch_to_sqs

    def dispatch_to_sqs(spec, payload, sqs_parameters=None):
        queue, rule = str(spec), getattr(_rule, "arn", "")
        allowed = may_deliver(queue, rule)
        record.write("events.amazonaws.com", "sqs:SendMessage", queue, allowed, (rule,))
        return dispatch(spec, payload, sqs_parameters) if allowed else None

    eventbridge._dispatch_to_sqs = dispatch_to_sqs


def bus_policy(arn):
    if ":event-bus/" not in arn:
        return None
    _, _, _, region, account, name = arn.split(":", 5)
    policy = eventbridge._event_bus_policies.get_scoped(account, region, name.rsplit("/", 1)[-1])
    return policy or "", account


def service_may(policy, service, action, resource, context):
    """Whether a policy of a resource lets an AWS service act."""
    asked = iam_evaluator.EvalContext(
        "*", "Service", "", action, resource, get_region(), service_context=context
    )
    return iam_evaluator.evaluate_resource_policy(policy, asked, service=service).decision == "Allow"


def may_deliver(queue, rule):
    """A delivery needs the policy of the queue and, if it is encrypted, of its key. AWS drops it otherwise, without an error that the
    sender could see (EventBridge User Guide, "Troubleshooting")."""
    from ministack.services import kms, sqs

    account, region = get_account_id(), get_region()
    if not sqs.queue_policy_allows(queue, "events.amazonaws.com", rule, account):
        return False
    key = keys.key_of("sqs", queue)
    if not key:
        return True
    key = keys.arn(key, region)
    policy = (kms.key_policy_for_arn(key) or ("",))[0]
    context = {"aws:sourceaccount": account, "aws:sourcearn": rule}
    needed = ("kms:GenerateDataKey", "kms:Decrypt")
    return all(service_may(policy, "events.amazonaws.com", action, key, context) for action in needed)
