"""Sessions that name their source, and roles that must carry a boundary."""

import contextvars
import dataclasses
import re
from urllib.parse import parse_qs

from ministack.core import iam_evaluator
from ministack.services import iam, sts

from . import requests

_source = contextvars.ContextVar("headgate_source", default=None)

# "The regex used to validate this parameter" (STS API Reference, AssumeRole: SourceIdentity, RoleSessionName, and Tag).
_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_TAG = re.compile(r"[\w .:/=+\-@]{0,256}")


def install():
    handle = sts.handle_request

    async def handle_request(method, path, headers, body, query_params):
        form = {**query_params, **parse_qs((body or b"").decode("utf-8", errors="replace"))}
        one = {name: values[0] for name, values in form.items() if values}
        _source.set(one.get("SourceIdentity"))
        if one.get("Action") == "AssumeRole":
            problem = wrong(one) or chained(headers, query_params, one)
            if problem:
                return sts._error(400, "ValidationError", problem, ns="sts")
        return await handle(method, path, headers, body, query_params)

    sts.handle_request = handle_request

    trusts = iam_evaluator.evaluate_trust_policy

    def evaluate_trust_policy(document, caller, context=None):
        source = _source.get()
        if context is None or source is None:
            return trusts(document, caller, context)
        context.service_context["sts:sourceidentity"] = source
        if not trusts(document, caller, context):
            return False
        if context.action != "sts:AssumeRole":
            return True
        # Who sets a source identity needs that permission in the trust policy, too (IAM User Guide, "Monitor and control actions taken with
        # assumed roles").
        return trusts(document, caller, dataclasses.replace(context, action="sts:SetSourceIdentity"))

    iam_evaluator.evaluate_trust_policy = evaluate_trust_policy

    check = iam_evaluator.enforce

    def enforce(access_key, action, service, region, resource_arn="*", service_context=None):
        if service == "iam":
            boundary = boundary_of(requests._body.get())
            if boundary:
                service_context = {**(service_context or {}), "iam:PermissionsBoundary": boundary}
        return check(access_key, action, service, region, resource_arn, service_context)

    iam_evaluator.enforce = enforce


def wrong(form):
    for name in ("SourceIdentity", "RoleSessionName"):
        if name in form and not _NAME.fullmatch(form[name]):
            return f"Value at '{name}' failed to satisfy constraint: Member must satisfy regular expression pattern"
    for name, value in form.items():
        if re.fullmatch(r"Tags\.member\.\d+\.Value", name) and not _TAG.fullmatch(value):
            return f"Value at '{name}' failed to satisfy constraint: Member must satisfy regular expression pattern"
    return None


def chained(headers, query_params, form):
    """A role that assumes another gets an hour at most (IAM User Guide, "Role chaining")."""
    caller = sts._caller_identity(headers, query_params)
    seconds = int(form.get("DurationSeconds") or 3600)
    if not 900 <= seconds <= 43200:
        return "Value at 'durationSeconds' failed to satisfy constraint: Member must be between 900 and 43200"
    if isinstance(caller, dict) and caller["principalType"] == "AssumedRole" and seconds > 3600:
        return "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
    return None


def boundary_of(body):
    """The boundary that a request sets, else that of the role or user that it changes (Service Authorization Reference, IAM:
    iam:PermissionsBoundary)."""
    form = parse_qs((body or b"").decode("utf-8", errors="replace"))
    one = {name: values[0] for name, values in form.items() if values}
    if one.get("PermissionsBoundary"):
        return one["PermissionsBoundary"]
    for kind, store in (("RoleName", iam._roles), ("UserName", iam._users)):
        if kind in one:
            return (store.get(one[kind]) or {}).get("PermissionsBoundary")
    return None
