package grader

import rego.v1

queues := [q | some q in input.hcl.resource.aws_sqs_queue]

evidence contains "there are fewer than two queues" if count(queues) < 2

evidence contains "no queue moves messages to a dead-letter queue after 5 receives" if not redriven

evidence contains "no queue keeps messages for 14 days" if not kept

# A redrive policy in the queue or in its own resource. Both are text here, even with jsonencode.
policies contains policy if policy := queues[_].redrive_policy

policies contains policy if policy := input.hcl.resource.aws_sqs_queue_redrive_policy[_].redrive_policy

redriven if {
	some policy in policies
	regex.match(`maxReceiveCount"?\s*[=:]\s*5\b`, policy)
	contains(policy, "deadLetterTargetArn")
}

kept if queues[_].message_retention_seconds == 1209600

score := 1 - (count(evidence) / 3)
