# Functions and the queues they consume: explicit limits, and no lost messages.
package headgate.lambda

import data.headgate.lib
import rego.v1

functions := lib.touched("aws_lambda_function")

findings contains lib.finding(
	"lambda.timeout", "error", r.address,
	sprintf("%s has no explicit timeout", [r.address]),
	"set timeout to the time that the work needs, in seconds",
) if {
	some r in functions
	not lib.written(r, "timeout")
}

# MB, the smallest size. More requires a reason in a tag or in the description.
least_memory := 128

findings contains lib.finding(
	"lambda.memory", "error", r.address,
	sprintf("%s uses %v MB without giving a reason", [r.address, r.change.after.memory_size]),
	"give the reason in the tag MemoryReason or in the description (\"memory: …\"), or use 128 MB",
) if {
	some r in functions
	is_number(r.change.after.memory_size)
	r.change.after.memory_size > least_memory
	not documented(r)
}

documented(r) if "MemoryReason" in object.keys(tags_of(r.change))

documented(r) if contains(lower(text_of(r.change.after, "description")), "memory")

findings contains lib.finding(
	"lambda.reserved_concurrency", "error", r.address,
	sprintf("%s reserves no concurrency and can use all of the account's concurrency", [r.address]),
	"set reserved_concurrent_executions",
) if {
	some r in functions
	not reserves(r)
}

reserves(r) if {
	is_number(r.change.after.reserved_concurrent_executions)
	r.change.after.reserved_concurrent_executions >= 0
}

# Where failed asynchronous invocations go. A function that only consumes queues or streams uses the
# dead-letter queue of the queue, or the destination of the mapping, instead.
findings contains lib.finding(
	"lambda.dlq", "error", r.address,
	sprintf("%s has no dead-letter queue or destination for failed events", [r.address]),
	"set dead_letter_config, or aws_lambda_function_event_invoke_config with an on_failure destination",
) if {
	some r in functions
	not lib.given(r, "dead_letter_config")
	not has_destination(r)
	count(mappings(r)) == 0
	not answers(r)
}

# A function whose callers wait for its answer, and for nothing else, has no failed events.
answers(r) if {
	permissions := lib.companions(r, "aws_lambda_permission", "function_name")
	count(permissions) > 0
	every p in permissions {
		text_of(p.change.after, "principal") in {"apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com"}
	}
}

has_destination(r) if {
	some c in lib.companions(r, "aws_lambda_function_event_invoke_config", "function_name")
	some destination in list_of(c.change.after.destination_config)
	count(list_of(object.get(destination, "on_failure", null))) > 0
}

mappings(r) := array.concat(
	lib.companions(r, "aws_lambda_event_source_mapping", "function_name"),
	[m | some alias in lib.companions(r, "aws_lambda_alias", "function_name"); some m in lib.companions(alias, "aws_lambda_event_source_mapping", "function_name")],
)

findings contains lib.finding(
	"lambda.explicit_retry", "error", r.address,
	sprintf("%s has no explicit number of retries", [r.address]),
	"set maximum_retry_attempts",
) if {
	some r in lib.touched("aws_lambda_function_event_invoke_config")
	not lib.written(r, "maximum_retry_attempts")
}

# By default, the mapping of a stream retries until the data expires, which blocks the shard.
findings contains lib.finding(
	"lambda.explicit_retry", "error", r.address,
	sprintf("%s retries a failed batch until its data expires", [r.address]),
	"set maximum_retry_attempts and an on_failure destination",
) if {
	some r in lib.touched("aws_lambda_event_source_mapping")
	not is_empty(object.get(r.change.after, "starting_position", null))
	not bounded(r)
}

bounded(r) if {
	is_number(r.change.after.maximum_retry_attempts)
	r.change.after.maximum_retry_attempts >= 0
}

# Queues ----------------------------------------------------------------------------------------------

queues := lib.touched("aws_sqs_queue")

findings contains lib.finding(
	"lambda.queue_dlq", "error", r.address,
	sprintf("%s has no dead-letter queue", [r.address]),
	"set redrive_policy with a maxReceiveCount, or redrive_allow_policy if this queue is itself a dead-letter queue",
) if {
	some r in queues
	not has_dlq(r)
	not is_dlq(r)
}

has_dlq(r) if lib.promised(r, "redrive_policy")

has_dlq(r) if contains(text_of(r.change.after, "redrive_policy"), "deadLetterTargetArn")

has_dlq(r) if count(lib.companions(r, "aws_sqs_queue_redrive_policy", "queue_url")) > 0

# A queue is a dead-letter queue if another queue redrives to it, or if its redrive_allow_policy allows source
# queues.
is_dlq(r) if count(users(r, {"redrive_policy"})) > 0

# Arguments with these names of resources that may mean this queue.
users(r, arguments) := [use |
	some use in lib.block(r).used_by
	use.argument in arguments
	some user in object.get(input.plan.by_block, use.address, [])
	lib.same_instance(user, use.argument, r)
]

is_dlq(r) if regex.match(`"redrivePermission" *: *"(allowAll|byQueue)"`, text_of(r.change.after, "redrive_allow_policy"))

is_dlq(r) if lib.promised(r, "redrive_allow_policy")

is_dlq(r) if count(lib.companions(r, "aws_sqs_queue_redrive_allow_policy", "queue_url")) > 0

# Or if another service sends undeliverable events to it.
is_dlq(r) if count(users(r, {"dead_letter_config", "dead_letter_target_arn", "destination_config", "target"})) > 0

# Or if something names it as its dead-letter queue by its ARN, so that the plan shows it.
is_dlq(r) if {
	name := text_of(r.change.after, "name")
	some arn in named_dlqs
	endswith(arn, sprintf(":%s", [name]))
	not of_others(arn)
}

of_others(arn) if {
	is_string(input.environment.account)
	split(arn, ":")[4] != input.environment.account
}

named_dlqs := {arn |
	some type, arguments in dead_letter_arguments
	some r in lib.present(type)
	some argument in arguments
	walk(object.get(r.change.after, argument, null), [_, arn])
	is_string(arn)
	contains(arn, ":sqs:")
}

dead_letter_arguments := {
	"aws_cloudwatch_event_bus": ["dead_letter_config"],
	"aws_cloudwatch_event_target": ["dead_letter_config"],
	"aws_lambda_event_source_mapping": ["destination_config"],
	"aws_lambda_function": ["dead_letter_config"],
	"aws_lambda_function_event_invoke_config": ["destination_config"],
	"aws_scheduler_schedule": ["target"],
}

# With a maxReceiveCount of 1, a single failure (a deployment, throttling) turns a message into a dead letter.
findings contains lib.finding(
	"lambda.explicit_retry", "error", r.address,
	sprintf("%s has maxReceiveCount %s, but needs 2 or more", [r.address, attempts(policy)]),
	"set maxReceiveCount in redrive_policy to 2 or more",
) if {
	some r in queues
	text := text_of(r.change.after, "redrive_policy")
	json.is_valid(text)
	policy := json.unmarshal(text)
	is_string(policy.deadLetterTargetArn)
	not several(policy)
}

# SQS also accepts the number as text.
several(policy) if {
	regex.match(`^[0-9]+$`, sprintf("%v", [policy.maxReceiveCount]))
	to_number(policy.maxReceiveCount) >= 2
}

attempts(policy) := sprintf("%v", [object.get(policy, "maxReceiveCount", "unset")])

# {mapping, queue} of every event source mapping that consumes a queue in this configuration.
consumers contains {"mapping": m, "queue": queue} if {
	some queue in lib.present("aws_sqs_queue")
	some m in lib.companions(queue, "aws_lambda_event_source_mapping", "event_source_arn")
	not lib.given(m, "starting_position")
}

findings contains lib.finding(
	"lambda.partial_batch", "error", m.address,
	sprintf("%s retries the whole batch if one message fails", [m.address]),
	"set function_response_types = [\"ReportBatchItemFailures\"]",
) if {
	some m in lib.touched("aws_lambda_event_source_mapping")
	consumes_queue(m)
	not "ReportBatchItemFailures" in list_of(object.get(m.change.after, "function_response_types", null))
}

# A queue that is created elsewhere is recognized by its ARN.
consumes_queue(m) if regex.match(`^arn:[^:]*:sqs:`, text_of(m.change.after, "event_source_arn"))

consumes_queue(m) if {
	not lib.given(m, "starting_position")
	some address in lib.block(m).references.event_source_arn
	input.plan.blocks[address].type == "aws_sqs_queue"
}

findings contains lib.finding(
	"lambda.visibility_timeout", "error", c.queue.address,
	sprintf(
		"%s has a visibility timeout of %v s, but %s has a timeout of %v s",
		[c.queue.address, visibility, f.address, timeout],
	),
	"set visibility_timeout_seconds to at least twice the function's timeout (AWS recommends six times)",
) if {
	some c in consumers
	some f in functions_of(c.mapping)
	timeout := f.change.after.timeout
	visibility := c.queue.change.after.visibility_timeout_seconds
	is_number(timeout)
	is_number(visibility)
	visibility < 2 * timeout
}

# The functions that a mapping invokes. If it gets one from outside of its module, the one with the same keys.
functions_of(mapping) := chosen(mapping, reached(mapping))

chosen(mapping, found) := paired if {
	count({f.block | some f in found}) == 1
	paired := [f | some f in found; keys_of(f) == keys_of(mapping)]
	count(paired) > 0
} else := found

reached(mapping) := [f |
	some address in lib.block(mapping).references.function_name
	some f in functions_at(address)
	lib.means(mapping, "function_name", f)
]

keys_of(r) := regex.find_n(`\[[^\]]*\]`, r.address, -1)

# The functions at an address, directly or through an alias.
functions_at(address) := object.get(input.plan.by_block, address, []) if input.plan.blocks[address].type == "aws_lambda_function"

functions_at(address) := [f |
	some block in input.plan.blocks[address].references.function_name
	some f in object.get(input.plan.by_block, block, [])
] if {
	input.plan.blocks[address].type == "aws_lambda_alias"
}
