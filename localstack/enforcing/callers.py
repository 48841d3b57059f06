"""Services that act in a role, or are let in by a policy: Step Functions, event source mappings, API Gateway."""

import contextvars

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import apigateway_v1, lambda_svc, stepfunctions

from . import record
from .deliveries import service_may

_machine = contextvars.ContextVar("headgate_machine", default="")


def role_may(role, session, action, resource):
    account = get_account_id()
    asked = iam_evaluator.EvalContext(
        f"arn:aws:sts::{account}:assumed-role/{role}/{session}", "AssumedRole", account, action, resource, get_region()
    )
    allowed = iam_evaluator.evaluate(asked, iam_evaluator._gather_role_policies(role, account)).decision == "Allow"
    record.write(role, action, resource, allowed)
    return allowed


def install():
    run = stepfunctions._run_execution

    def run_execution(execution):
        _machine.set((stepfunctions._executions.get(execution) or {}).get("stateMachineArn", ""))
        return run(execution)

    stepfunctions._run_execution = run_execution

    call = stepfunctions._call_lambda

    def call_lambda(function, event):
        machine = stepfunctions._state_machines.get(_machine.get()) or {}
        role, name = machine.get("roleArn", "").rsplit("/", 1)[-1], function.rsplit(":", 1)[-1]
        arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{name}"
        if not role_may(role, "workflow", "lambda:InvokeFunction", arn):
            raise stepfunctions._ExecutionError("Lambda.AccessDeniedException", f"{role} may not invoke {arn}")
        return call(function, event)

    stepfunctions._call_lambda = call_lambda

    create = lambda_svc._create_esm

    def create_mapping(data):
        # AWS checks the role when the mapping is created (Lambda Developer Guide, "Using Lambda with Amazon SQS").
        _, config, name = lambda_svc._get_func_record_for_ref(data.get("FunctionName", ""))
        role = (config or {}).get("Role", "").rsplit("/", 1)[-1]
        for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"):
            if not role_may(role, name, action, data.get("EventSourceArn", "")):
                why = f"The provided execution role does not have permissions to call {action} on SQS"
                return lambda_svc.error_response_json("InvalidParameterValueException", why, 400)
        return create(data)

    lambda_svc._create_esm = create_mapping

    raw = apigateway_v1._call_lambda_raw

    async def call_raw(function, event, *, account_id=None, region=None):
        found, config, name = lambda_svc._get_func_record_for_ref_in_scope(
            function, account_id=account_id, region=region
        )
        request = event.get("requestContext", {}) if isinstance(event, dict) else {}
        if found and request.get("apiId"):
            arn = config["FunctionArn"]
            path = f"{request['stage']}/{request['httpMethod']}{request.get('resourcePath', '')}"
            source = f"arn:aws:execute-api:{region or get_region()}:{request['accountId']}:{request['apiId']}/{path}"
            policy = (lambda_svc._functions.get(name) or found).get("policy")
            context = {"aws:sourcearn": source, "aws:sourceaccount": request["accountId"]}
            allowed = service_may(policy, "apigateway.amazonaws.com", "lambda:InvokeFunction", arn, context)
            record.write("apigateway.amazonaws.com", "lambda:InvokeFunction", arn, allowed)
            if not allowed:
                return None, "API Gateway has no permission to invoke the function"
        return await raw(function, event, account_id=account_id, region=region)

    apigateway_v1._call_lambda_raw = call_raw
