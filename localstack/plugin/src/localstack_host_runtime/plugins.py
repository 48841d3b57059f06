"""Entry points that LocalStack loads, and the setting that selects each.

* ``LAMBDA_RUNTIME_EXECUTOR=host``         runs functions as processes of this host, and
  polls queues with several pollers
* ``PROVIDER_OVERRIDE_DYNAMODB=moto``      serves DynamoDB in-process from moto (the
  built-in provider downloads DynamoDB Local, a Java program)

Imports stay inside the functions: LocalStack resolves every entry point early,
and loading a service's code is expensive.
"""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class HostRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "host"

    def load(self, *args, **kwargs):
        from localstack_host_runtime import pollers
        from localstack_host_runtime.executor import HostRuntimeExecutor

        pollers.install()
        return HostRuntimeExecutor


@aws_provider(api="dynamodb", name="moto")
def dynamodb_moto():
    from localstack_host_runtime.providers import MotoDynamoDBProvider, locked_moto_dispatcher

    return Service.for_provider(
        MotoDynamoDBProvider(), dispatch_table_factory=locked_moto_dispatcher
    )
