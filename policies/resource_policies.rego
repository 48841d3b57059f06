# Policies on resources: who may use a queue, a bucket, a key, a function. Nobody outside the account, no service on
# behalf of somebody else, and nobody at all without a condition.
package headgate.resource_policies

import data.headgate.iam
import data.headgate.lib
import rego.v1

# {r, statement} of each statement that allows something.
allowed := [{"r": r, "statement": statement} |
	some type in object.keys(input.plan.by_type)
	argument := iam.resource_documents[type]
	some r in lib.touched(type)
	some statement in iam.statements(r, argument)
	statement.Effect == "Allow"
]

# Conditions ------------------------------------------------------------------------------------------

# Keys, in lower case, that say whose request it is. A network or a time does not.
whose := {
	"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
	"aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
	"aws:userid", "elasticfilesystem:accesspointarn", "kms:calleraccount", "s3:dataaccesspointaccount", "sns:endpoint",
}

narrowed(statement) if {
	some key in limited_keys(statement)
	key in whose
}

# What a service encrypts, for example the ARN of a log group.
narrowed_service(statement) if narrowed(statement)

narrowed_service(statement) if {
	some key in limited_keys(statement)
	startswith(key, "kms:encryptioncontext")
}

# Keys, in lower case, that must be present and have one of some values. IfExists and ForAllValues also hold without the key.
limited_keys(statement) := {lower(key) |
	some test, conditions in lib.members(statement.Condition)
	regex.match(`^(foranyvalue:)?(string|arn)(equals|like)(ignorecase)?$`, lower(test))
	some key, values in lib.members(conditions)
	count(lib.list(values)) > 0
	every value in lib.list(values) {
		not open(value)
	}
}

# A value that fits everything.
open(value) if {
	is_string(value)
	regex.match(`^[*?:]*$`, value)
}

open(value) if {
	is_string(value)
	regex.match(`^arn:[^:]*:[*?]*:[^:]*:[*?]*:[*?]*$`, value)
}

# Principals ------------------------------------------------------------------------------------------

anyone(principal) if regex.match(`^[*?]+$`, principal.id)

findings contains lib.finding(
	"policy.anyone", "critical", a.r.address,
	sprintf("%s allows %s to anyone in AWS", [a.r.address, actions(a.statement)]),
	"name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
) if {
	some a in allowed
	some principal in iam.principals(a.statement)
	anyone(principal)
	not narrowed(a.statement)
	not a.statement.Later
}

# Whose conditions are only known after the apply.
findings contains lib.finding(
	"iam.policy_hidden", "error", a.r.address,
	sprintf("%s allows %s under conditions that nobody sees before the apply", [a.r.address, actions(a.statement)]),
	"write the conditions into the document, without a dynamic block",
) if {
	some a in allowed
	a.statement.Later
}

findings contains lib.finding(
	"policy.anyone", "critical", a.r.address,
	sprintf("%s allows %s to everyone except some (NotPrincipal)", [a.r.address, actions(a.statement)]),
	"use Principal to list who may do it",
) if {
	some a in allowed
	not lib.empty(object.get(a.statement, "NotPrincipal", null))
}

# The permission to do everything with a queue or topic includes the one to change its policy.
findings contains lib.finding(
	"policy.all_actions", "error", a.r.address,
	sprintf("%s allows %s", [a.r.address, action]),
	"list the required actions",
) if {
	some a in allowed
	a.r.type in {"aws_sns_topic", "aws_sns_topic_policy", "aws_sqs_queue", "aws_sqs_queue_policy"}
	some action in iam.named(a.statement, "Action")
	lower(action) in {"*", "sns:*", "sqs:*"}
}

# A service acts for anybody who configured it, in any account, unless a condition names the account.
findings contains lib.finding(
	"policy.confused_deputy", "error", a.r.address,
	sprintf("%s allows %s to %s, on behalf of any account", [a.r.address, actions(a.statement), principal.id]),
	"add a condition on aws:SourceArn or aws:SourceAccount",
) if {
	some a in allowed
	some principal in iam.principals(a.statement)
	principal.type == "Service"
	not narrowed_service(a.statement)
	not a.statement.Later
	not delivers_logs(principal, a.statement)
}

# Elastic Load Balancing writes to a path with the account of the load balancer. Its documentation has no condition.
delivers_logs(principal, statement) if {
	principal.id == "logdelivery.elasticloadbalancing.amazonaws.com"
	every action in iam.named(statement, "Action") {
		action == "s3:PutObject"
	}
	every resource in iam.named(statement, "Resource") {
		regex.match(`/AWSLogs/[0-9]{12}/`, resource)
	}
}

# Snapshots, images and shares that another account may use.
shared_with := {
	"aws_ami_launch_permission": "account_id",
	"aws_db_cluster_snapshot": "shared_accounts",
	"aws_db_snapshot": "shared_accounts",
	"aws_ram_principal_association": "principal",
	"aws_snapshot_create_volume_permission": "account_id",
}

findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s is shared with the account %s", [r.address, account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some type, argument in shared_with
	some r in lib.touched(type)
	some id in lib.list(object.get(r.change.after, argument, null))
	account := foreign(id)
}

findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s has %s only after the apply, so nobody can say with whom it is shared", [r.address, argument]),
	"write the account into the configuration",
) if {
	some type, argument in shared_with
	some r in lib.touched(type)
	lib.hidden(r, argument)
}

# An account in an ARN, or the bare account ID.
foreign(id) := account if {
	found := regex.find_n(`^([0-9]{12}$|arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:)`, id, 1)[0]
	account := regex.find_n(`[0-9]{12}`, found, 1)[0]
	is_string(input.environment.account)
	account != input.environment.account
	not account in data.settings.trusted_accounts
}

findings contains lib.finding(
	"policy.foreign_account", "error", a.r.address,
	sprintf("%s allows %s to the account %s", [a.r.address, actions(a.statement), account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some a in allowed
	some principal in iam.principals(a.statement)
	account := foreign(principal.id)
}

findings contains lib.finding(
	"policy.foreign_account", "error", t.role.address,
	sprintf("the account %s can assume %s", [account, t.role.address]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some t in iam.trusted
	some principal in iam.principals(t.statement)
	account := foreign(principal.id)
}

actions(statement) := concat(", ", [action | some action in array.slice(iam.named(statement, "Action"), 0, 3)])

# Functions: each permission is a statement of its own.
findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s allows anyone in AWS to call the function", [r.address]),
	"name the account or the service in principal, and the resource in source_arn",
) if {
	some r in lib.touched("aws_lambda_permission")
	regex.match(`^[*?]+$`, lib.text(r.change.after, "principal"))
	not limited(r)
}

findings contains lib.finding(
	"policy.confused_deputy", "error", r.address,
	sprintf("%s allows %s to call the function on behalf of any account", [r.address, r.change.after.principal]),
	"set source_arn or source_account",
) if {
	some r in lib.touched("aws_lambda_permission")
	contains(lib.text(r.change.after, "principal"), ".amazonaws.com")
	not limited(r)
}

limited(r) if {
	some argument in ["principal_org_id", "source_account", "source_arn"]
	lib.surely(r, argument)
}

findings contains lib.finding(
	"iam.policy_hidden", "error", r.address,
	sprintf("%s has its principal only after the apply, so nobody can say who may call the function", [r.address]),
	"write the principal into the configuration",
) if {
	some r in lib.touched("aws_lambda_permission")
	lib.hidden(r, "principal")
}
