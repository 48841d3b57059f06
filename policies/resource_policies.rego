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

# Principals ------------------------------------------------------------------------------------------

# Any account is the same.
anyone(principal) if regex.match(`^(arn:[^:]*:iam::)?[*?]+(:|$)`, principal.id)

findings contains lib.finding(
	"policy.anyone", "critical", a.r.address,
	sprintf("%s allows %s to anyone in AWS", [a.r.address, actions(a.statement)]),
	"name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
) if {
	some a in for_anyone
	not iam.from_networks(a.statement)
}

findings contains lib.finding(
	"policy.anyone", "warning", a.r.address,
	sprintf("%s allows %s to anyone in some networks", [a.r.address, actions(a.statement)]),
	"no fix needed; the approvers must know the networks",
) if {
	some a in for_anyone
	iam.from_networks(a.statement)
}

for_anyone := [a |
	some a in allowed
	some principal in iam.principals(a.statement)
	anyone(principal)
	not iam.narrowed(a.r.type, a.statement)
	not a.statement.Later
	not denied_to_others(a)
]

# Whether another statement of the same policy denies it to all but some.
denied_to_others(a) if {
	some d in denied
	d.r.address == a.r.address
	some principal in iam.principals(d.statement)
	anyone(principal)
	only_excludes(a.r.type, d.statement)
	plain(a.statement)
	every action in iam.named(a.statement, "Action") {
		some wide in iam.named(d.statement, "Action")
		iam_covers(lower(wide), lower(action))
	}
	every resource in iam.targets(a.statement) {
		some wide in iam.targets(d.statement)
		iam_covers(wide, resource)
	}
}

# Whether a statement lists what it is about, without exceptions.
plain(statement) if {
	every key in ["NotAction", "NotResource"] { is_empty(object.get(statement, key, null)) }
}

# {r, statement} of each statement that denies something.
denied := [{"r": r, "statement": statement} |
	some type in object.keys(input.plan.by_type)
	argument := iam.resource_documents[type]
	some r in lib.touched(type)
	some statement in iam.statements(r, argument)
	statement.Effect == "Deny"
]

# Whether a denial holds for all requests but those of somebody in particular.
only_excludes(type, statement) if {
	tests := lib.members(statement.Condition)
	count(tests) > 0
	every test, conditions in tests {
		regex.match(`^(string|arn)not(equals|like)(ignorecase)?(ifexists)?$`, lower(test))
		is_object(conditions)
		every key, values in conditions {
			lower(key) in iam.whose
			not iam.of_the_resource(type, lower(key))
			every value in list_of(values) {
				not iam.open_for(lower(key), value)
				not foreign(value)
			}
		}
	}
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
	not is_empty(object.get(a.statement, "NotPrincipal", null))
}

# The permission to do everything with a queue or topic includes the one to change its policy.
findings contains lib.finding(
	"policy.all_actions", "error", a.r.address,
	sprintf("%s allows %s", [a.r.address, action]),
	"list the required actions",
) if {
	some a in allowed
	a.r.type in {"aws_organizations_resource_policy", "aws_sns_topic", "aws_sns_topic_policy", "aws_sqs_queue", "aws_sqs_queue_policy"}
	some action in iam.named(a.statement, "Action")
	lower(action) in {"*", "organizations:*", "sns:*", "sqs:*"}
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
	not narrowed_service(a)
	not a.statement.Later
	not delivers_logs(principal, a.statement)
}

narrowed_service(a) if iam.narrowed(a.r.type, a.statement)

# What a service encrypts, for example the ARN of a log group.
narrowed_service(a) if {
	some key in iam.limited_keys(a.statement)
	startswith(key, "kms:encryptioncontext")
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

# An account in an ARN, or the bare account ID.
foreign(id) := account if {
	is_string(id)
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

# The same in a condition on the caller, or on what a service acts for.
findings contains lib.finding(
	"policy.foreign_account", "error", a.r.address,
	sprintf("%s allows %s on behalf of the account %s", [a.r.address, actions(a.statement), account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some a in allowed
	some account in foreign_conditions(a.statement)
}

findings contains lib.finding(
	"policy.foreign_account", "error", t.role.address,
	sprintf("the account %s can assume %s, by a condition", [account, t.role.address]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some t in iam.trusted
	some account in foreign_conditions(t.statement)
}

foreign_conditions(statement) := {account |
	some test, conditions in lib.members(statement.Condition)
	regex.match(`^(foranyvalue:)?(string|arn)(equals|like)(ignorecase)?(ifexists)?$`, lower(test))
	some key, values in lib.members(conditions)
	lower(key) in {"aws:principalaccount", "aws:principalarn", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "kms:calleraccount"}
	some value in list_of(values)
	is_string(value)
	account := foreign(value)
}

# The other name of an account, for ACLs.
findings contains lib.finding(
	"policy.foreign_account", "error", a.r.address,
	sprintf("%s allows %s to a canonical user, and nobody can say of which account", [a.r.address, actions(a.statement)]),
	"name the principal by its ARN",
) if {
	some a in allowed
	some principal in iam.principals(a.statement)
	principal.type == "CanonicalUser"
	principal.id != iam.later
}

# What changes the policy of a resource, or takes the resource away, is not for everybody in an organization or a network.
findings contains lib.finding(
	"policy.administration", "error", a.r.address,
	sprintf("%s allows %s to more than single accounts", [a.r.address, action]),
	"leave administration to roles of this account",
) if {
	some a in allowed
	some principal in iam.principals(a.statement)
	anyone(principal)
	not one_account(a.statement)
	some action in iam.named(a.statement, "Action")
	administers(action)
}

one_account(statement) if {
	some key in iam.limited_keys(statement)
	key in {"aws:principalaccount", "aws:principalarn", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "kms:calleraccount"}
}

administers(action) if {
	some known in administration
	iam_covers(lower(action), known)
}

administration := {
	"backup:deletebackupvaultaccesspolicy", "backup:putbackupvaultaccesspolicy",
	"codeartifact:deleterepository", "codeartifact:putdomainpermissionspolicy", "codeartifact:putrepositorypermissionspolicy",
	"dynamodb:deletetable", "dynamodb:putresourcepolicy",
	"ecr:deleterepository", "ecr:setrepositorypolicy",
	"elasticfilesystem:deletefilesystem", "elasticfilesystem:putfilesystempolicy",
	"es:deletedomain", "es:updatedomainconfig",
	"events:deleterule", "events:putpermission", "events:putrule",
	"glacier:deletevault", "glacier:setvaultaccesspolicy",
	"glue:deletedatabase", "glue:putresourcepolicy",
	"kinesis:deletestream", "kinesis:putresourcepolicy",
	"kms:creategrant", "kms:disablekey", "kms:putkeypolicy", "kms:schedulekeydeletion",
	"lambda:addpermission", "lambda:deletefunction", "lambda:updatefunctioncode",
	"s3:deletebucket", "s3:deletebucketpolicy", "s3:putbucketacl", "s3:putbucketpolicy",
	"secretsmanager:deletesecret", "secretsmanager:putresourcepolicy",
	"sns:addpermission", "sns:deletetopic", "sns:settopicattributes",
	"sqs:addpermission", "sqs:deletequeue", "sqs:setqueueattributes",
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
