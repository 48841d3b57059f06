# Denials of requests without TLS, in policies of buckets, queues and topics.
package headgate.resource_policies

import data.headgate.iam
import data.headgate.lib
import rego.v1

without_tls(statement) if {
	some _, conditions in lib.members(statement.Condition)
	some key in object.keys(lib.members(conditions))
	lower(key) == "aws:securetransport"
}

# {r, statement} of each denial that is about TLS.
tls_denials := [d | some d in denied; without_tls(d.statement)]

findings contains lib.finding(
	"policy.tls", "error", d.r.address,
	sprintf("%s denies requests with TLS instead of those without", [d.r.address]),
	"set aws:SecureTransport to false in the denial",
) if {
	some d in tls_denials
	"aws:securetransport" in iam.true_keys(d.statement)
}

# A denial that leaves something out looks as if it protected everything.
findings contains lib.finding(
	"policy.tls", "error", r.address,
	sprintf("%s denies requests without TLS only for a part", [r.address]),
	"deny all actions, for the bucket and all its objects, if aws:SecureTransport is false",
) if {
	some r in {d.r | some d in tls_denials}
	r.type in object.keys(services)
	own := [d.statement | some d in tls_denials; d.r.address == r.address]
	every statement in own { all_known(statement) }
	not of_directory(own)
	not denies_all(r, own)
}

services := {
	"aws_s3_bucket_policy": "s3:*",
	"aws_sns_topic": "sns:publish",
	"aws_sns_topic_policy": "sns:publish",
	"aws_sqs_queue": "sqs:*",
	"aws_sqs_queue_policy": "sqs:*",
}

# Directory buckets know one action.
of_directory(own) if {
	some statement in own
	some action in iam.named(statement, "Action")
	startswith(lower(action), "s3express:")
}

all_known(statement) if {
	every resource in list_of(object.get(statement, "Resource", [])) { is_string(resource) }
}

denies_all(r, own) if {
	some statement in own
	some action in iam.named(statement, "Action")
	iam_covers(lower(action), services[r.type])
	of_everybody(statement)
	r.type != "aws_s3_bucket_policy"
}

denies_all(r, own) if {
	some statement in own
	some action in iam.named(statement, "Action")
	iam_covers(lower(action), services[r.type])
	of_everybody(statement)
	only_about_tls(statement)
	whole_bucket({resource | some resource in iam.named(statement, "Resource")})
}

whole_bucket(resources) if {
	some resource in resources
	regex.match(`^\*$|:::[^/]*\*$`, resource)
}

whole_bucket(resources) if {
	some bucket in resources
	concat("", [bucket, "/*"]) in resources
}

# Another condition in the same denial must hold, too.
only_about_tls(statement) if {
	count([key | some _, conditions in lib.members(statement.Condition); some key in object.keys(lib.members(conditions))]) == 1
}

of_everybody(statement) if {
	some principal in iam.principals(statement)
	anyone(principal)
}
