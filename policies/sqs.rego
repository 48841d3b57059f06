# No queue without a dead-letter queue.
package headgate.sqs

import data.headgate.lib
import rego.v1

findings contains {
	"rule": "sqs.no_dlq",
	"severity": "error",
	"resource": r.address,
	"message": sprintf("%s has no dead-letter queue", [r.address]),
	"fix": "set redrive_policy with a maxReceiveCount, or redrive_allow_policy if it is one itself",
} if {
	some r in lib.touched
	r.type == "aws_sqs_queue"
	not has_dlq(r)
	not is_dlq(r)
}

has_dlq(r) if lib.unknown(r, "redrive_policy")

has_dlq(r) if {
	is_string(r.change.after.redrive_policy)
	contains(r.change.after.redrive_policy, "deadLetterTargetArn")
}

has_dlq(r) if {
	some c in input.plan.config
	c.type == "aws_sqs_queue_redrive_policy"
	some reference in c.references.queue_url
	lib.refers(reference, lib.block(r.address))
}

# A dead-letter queue is one that another queue sends to, or that says whose it is.
is_dlq(r) if {
	some c in input.plan.config
	c.type in {"aws_sqs_queue", "aws_sqs_queue_redrive_policy"}
	c.address != lib.block(r.address)
	some reference in c.references.redrive_policy
	lib.refers(reference, lib.block(r.address))
}

is_dlq(r) if {
	is_string(r.change.after.redrive_allow_policy)
	contains(r.change.after.redrive_allow_policy, "sourceQueueArns")
}
