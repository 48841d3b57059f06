"""How a request is described to the policies: its action, its principal, and the events in it."""

import contextvars
import json
from urllib.parse import parse_qs

from ministack.core import iam_actions, iam_evaluator

from . import record, tables

# The body of the request that is being authorized; MiniStack gives it only to the code that finds the resource.
_body = contextvars.ContextVar("headgate_body", default=b"")

# AWS authorizes a batch as its single action (Amazon SQS Developer Guide, "API permissions"), and Converse as InvokeModel (Bedrock
# API reference).
_ACTIONS = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "bedrock:Converse": "bedrock:InvokeModel",
    "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
}


def install():
    extract_action = iam_actions.extract_iam_action

    def action(*args, **kwargs):
        found = extract_action(*args, **kwargs)
        return _ACTIONS.get(found, found)

    iam_actions.extract_iam_action = action

    extract_resource = iam_actions.extract_resource_arn

    def resource(service, method, path, headers, body, *args, **kwargs):
        _body.set(body)
        found = extract_resource(service, method, path, headers, body, *args, **kwargs)
        return created(body) or found if service == "iam" and found == "*" else found

    iam_actions.extract_resource_arn = resource

    resolve = iam_evaluator._resolve_condition_key

    def condition_key(key, context):
        # "For IAM roles, the request context returns the ARN of the role, not of the user that assumed it" (IAM User Guide,
        # aws:PrincipalArn).
        if key.lower() == "aws:principalarn" and ":assumed-role/" in context.principal_arn:
            return role_arn(context)
        if key.lower() == "aws:principalisawsservice":
            return "true" if context.principal_type == "Service" else "false"
        return resolve(key, context)

    iam_evaluator._resolve_condition_key = condition_key

    from ministack.services import sqs

    queue_policy = sqs._enforce_queue_policy

    def enforce_queue_policy(queue, action):
        # On AWS, a denial holds for the account's root user, too. Here root sets up the stories, and plays somebody who got past a
        # queue's policy: the fleet must not believe them either.
        caller = iam_evaluator.caller_arn()
        if caller.endswith(":root"):
            return
        try:
            queue_policy(queue, action)
        except Exception:
            record.write(record.who(caller), action, queue["attributes"].get("QueueArn", ""), False)
            raise

    sqs._enforce_queue_policy = enforce_queue_policy

    check = iam_evaluator.enforce

    def enforce(access_key, action, service, region, resource_arn="*", service_context=None):
        denied, keys = None, tables.leading_keys(action, resource_arn, _body.get())
        if keys:
            service_context = {**(service_context or {}), "dynamodb:LeadingKeys": keys}
        for context in contexts(action, resource_arn, service_context):
            denied = check(access_key, action, service, region, resource_arn, context)
            if denied:
                break
        note(access_key, action, resource_arn, denied, sorted({tables.kind(key) for key in keys or ()}))
        return denied

    iam_evaluator.enforce = enforce


def created(body):
    """What IAM creates: AWS authorizes these calls on the ARN that the new object gets (Service Authorization Reference, IAM)."""
    from ministack.core.responses import get_account_id

    form = {name: values[0] for name, values in parse_qs((body or b"").decode("utf-8", errors="replace")).items()}
    kinds = {"CreatePolicy": ("policy", "PolicyName"), "CreateInstanceProfile": ("instance-profile", "InstanceProfileName")}
    kind, name = kinds.get(form.get("Action"), (None, None))
    return kind and f"arn:aws:iam::{get_account_id()}:{kind}{form.get('Path', '/')}{form.get(name, '')}"


def role_arn(context):
    from ministack.services import iam

    name = record.role_name(context.principal_arn)
    role = iam._roles.get_scoped(context.principal_account, None, name) or {}
    return role.get("Arn") or f"arn:aws:iam::{context.principal_account}:role/{name}"


def contexts(action, resource_arn, given):
    """The conditions of a request; of PutEvents, those of each entry for the bus: AWS checks events:source and events:detail-type
    entry by entry."""
    if action != "events:PutEvents":
        return [given]
    try:
        entries = json.loads(_body.get() or b"{}").get("Entries", [])
    except ValueError:
        entries = []
    bus = resource_arn.rsplit("/", 1)[-1]
    mine = [e for e in entries if (e.get("EventBusName") or "default").rsplit("/", 1)[-1] == bus]
    named = [
        {**(given or {}), "events:source": e.get("Source"), "events:detail-type": e.get("DetailType")} for e in mine
    ]
    return named or [given]


def note(access_key, action, resource_arn, denied, about):
    if iam_evaluator.is_root_access_key(access_key) and not denied:
        return
    from ministack.core.responses import get_account_id

    principal = iam_evaluator.resolve_principal(access_key or "", get_account_id())
    who = record.who(getattr(principal, "arn", "unknown"))
    record.write(who, action, resource_arn, not denied, about)
