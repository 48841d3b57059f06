# Identity and access: no wildcards, no administrator access, and only named principals in trust policies.
package headgate.iam

import data.headgate.lib
import rego.v1

inline_types := {"aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

holder_types := {"aws_iam_policy"} | inline_types

attachment_types := {
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
	"aws_iam_policy_attachment",
	"aws_iam_group_policy_attachments_exclusive",
	"aws_iam_role_policy_attachments_exclusive",
	"aws_iam_user_policy_attachments_exclusive",
	"aws_ssoadmin_managed_policy_attachment",
}

holders := [r | some type in holder_types; some r in lib.touched(type)]

roles := lib.touched("aws_iam_role")

# Statements ------------------------------------------------------------------------------------------

# Statements of a policy that is given as JSON text.
parsed(text) := [s | some s in lib.list(json.unmarshal(text).Statement); is_object(s)] if {
	is_string(text)
	json.is_valid(text)
}

parsed(text) := [] if not is_string(text)

# Statements of the policy documents that an argument refers to and that are read only during the apply. The
# plan contains their configuration nevertheless.
deferred(r, argument) := [s |
	some address in lib.block(r).references[argument]
	some document in object.get(input.plan.reads, address, [])
	document.type == "aws_iam_policy_document"
	some raw in lib.list(object.get(document.change.after, "statement", null))
	s := as_statement(raw)
]

as_statement(raw) := {
	"Effect": effect(raw),
	"Action": lib.list(object.get(raw, "actions", null)),
	"Resource": lib.list(object.get(raw, "resources", null)),
	"NotAction": lib.list(object.get(raw, "not_actions", null)),
	"NotResource": lib.list(object.get(raw, "not_resources", null)),
	"Principal": {type: ids |
		some type in {p.type | some p in lib.list(object.get(raw, "principals", null))}
		ids := [id |
			some p in lib.list(raw.principals)
			p.type == type
			some known in lib.list(object.get(p, "identifiers", null))
			id := named_or_later(known)
		]
	},
	"Condition": {test: variables |
		some test in {c.test | some c in conditions(raw)}
		variables := {variable: values |
			some variable in {c.variable | some c in conditions(raw); c.test == test}
			values := [v |
				some c in conditions(raw)
				c.test == test
				c.variable == variable
				some v in lib.list(object.get(c, "values", null))
			]
		}
	},
}

conditions(raw) := lib.list(object.get(raw, "condition", null))

# A principal that the same plan creates has an identifier, but it is only known after the apply.
named_or_later(id) := id if is_string(id)

named_or_later(id) := "(known after the apply)" if is_null(id)

effect(raw) := raw.effect if is_string(raw.effect)

effect(raw) := "Allow" if not is_string(object.get(raw, "effect", null))

statements(r, argument) := parsed(r.change.after[argument]) if is_string(r.change.after[argument])

statements(r, argument) := deferred(r, argument) if not is_string(object.get(r.change.after, argument, null))

# {resource, statement} of every Allow statement.
allowed contains {"resource": r.address, "statement": s} if {
	some r in holders
	some s in statements(r, "policy")
	s.Effect == "Allow"
}

allowed contains {"resource": r.address, "statement": s} if {
	some r in roles
	some inline in lib.list(object.get(r.change.after, "inline_policy", null))
	some s in parsed(inline.policy)
	s.Effect == "Allow"
}

# The known values of a list in a statement.
named(statement, key) := [x | some x in lib.list(object.get(statement, key, null)); is_string(x)]

trusted contains {"role": r, "statement": s} if {
	some r in roles
	some s in statements(r, "assume_role_policy")
	s.Effect == "Allow"
}

# Actions that do not support resource ARNs, so that `*` is the only possible resource.
unscoped := {
	"cloudwatch:GetMetricData",
	"cloudwatch:ListMetrics",
	"cloudwatch:PutMetricData",
	"ec2:CreateNetworkInterface",
	"ec2:DeleteNetworkInterface",
	"ec2:DescribeNetworkInterfaces",
	"ecr:GetAuthorizationToken",
	"kms:ListAliases",
	"logs:DescribeLogGroups",
	"s3:ListAllMyBuckets",
	"ssmmessages:CreateControlChannel",
	"ssmmessages:CreateDataChannel",
	"ssmmessages:OpenControlChannel",
	"ssmmessages:OpenDataChannel",
	"sts:GetCallerIdentity",
	"tag:GetResources",
	"xray:GetSamplingRules",
	"xray:GetSamplingStatisticSummaries",
	"xray:GetSamplingTargets",
	"xray:PutTelemetryRecords",
	"xray:PutTraceSegments",
}

findings contains lib.finding(
	"iam.wildcard_action", "error", a.resource,
	sprintf("%s allows the action %s", [a.resource, action]),
	"list the required actions",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	regex.match(`[*?]`, action)
}

findings contains lib.finding(
	"iam.wildcard_resource", "error", a.resource,
	sprintf("%s allows its actions on every resource (%s)", [a.resource, resource]),
	"list the required resource ARNs",
) if {
	some a in allowed
	some resource in named(a.statement, "Resource")
	everything(resource)
	some action in named(a.statement, "Action")
	not action in unscoped
}

# `*`, or an ARN whose resource part is only `*`.
everything(resource) if resource == "*"

everything(resource) if regex.match(`^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*+$`, resource)

findings contains lib.finding(
	"iam.not_action", "error", a.resource,
	sprintf("%s allows everything except what it lists (%s)", [a.resource, key]),
	"use Action and Resource to list what is allowed",
) if {
	some a in allowed
	some key in ["NotAction", "NotResource"]
	not lib.empty(object.get(a.statement, key, null))
}

findings contains lib.finding(
	"iam.pass_role", "critical", a.resource,
	sprintf("%s can pass any role to a service (%s on %s)", [a.resource, action, resource]),
	"list the roles that may be passed, and add a condition on iam:PassedToService that names the service",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	covers(lower(action), "iam:passrole")
	some resource in named(a.statement, "Resource")
	any_role(resource)
}

any_role(resource) if everything(resource)

any_role(resource) if regex.match(`:role/[*?]+$`, resource)

covers(pattern, action) if {
	regex.match(`^[a-z0-9:*?-]+$`, pattern)
	glob.match(pattern, null, action)
}

findings contains lib.finding(
	"iam.administrator_access", "critical", r.address,
	sprintf("%s attaches %s", [r.address, arn]),
	"attach a policy that lists the required actions",
) if {
	some type in attachment_types | {"aws_iam_role"}
	some r in lib.touched(type)
	some argument in ["policy_arn", "policy_arns", "managed_policy_arn", "managed_policy_arns"]
	some arn in lib.list(object.get(r.change.after, argument, null))
	is_string(arn)
	regex.match(`:policy/(AdministratorAccess|IAMFullAccess|PowerUserAccess|AWSOrganizationsFullAccess|AdministratorAccess-.*)$`, arn)
}

findings contains lib.finding(
	"iam.inline_policy", "error", r.address,
	sprintf("%s is an inline policy", [r.address]),
	"use an aws_iam_policy and attach it",
) if {
	some type in inline_types
	some r in lib.touched(type)
}

findings contains lib.finding(
	"iam.inline_policy", "error", r.address,
	sprintf("%s has the inline policy %s", [r.address, inline.name]),
	"use an aws_iam_policy and attach it",
) if {
	some r in roles
	some inline in lib.list(object.get(r.change.after, "inline_policy", null))
	not lib.empty(object.get(inline, "policy", null))
}

# A text of which one part is not known yet is not known at all, however harmless that part is.
unseen := [{"r": r, "argument": argument} |
	some type, argument in texts
	some r in lib.touched(type)
	lib.written(r, argument)
	lib.is_unknown(r.change.after_unknown[argument])
	count(deferred(r, argument)) == 0
]

texts := object.union(resource_documents, {
	"aws_iam_group_policy": "policy",
	"aws_iam_policy": "policy",
	"aws_iam_role": "assume_role_policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
})

# Attributes of resources that hold a policy with principals.
resource_documents := {
	"aws_acmpca_policy": "policy",
	"aws_api_gateway_rest_api": "policy",
	"aws_api_gateway_rest_api_policy": "policy",
	"aws_backup_vault_policy": "policy",
	"aws_cloudsearch_domain_service_access_policy": "access_policy",
	"aws_cloudwatch_event_bus_policy": "policy",
	"aws_cloudwatch_log_destination_policy": "access_policy",
	"aws_cloudwatch_log_resource_policy": "policy_document",
	"aws_codeartifact_domain_permissions_policy": "policy_document",
	"aws_codeartifact_repository_permissions_policy": "policy_document",
	"aws_codebuild_resource_policy": "policy",
	"aws_dynamodb_resource_policy": "policy",
	"aws_ecr_registry_policy": "policy",
	"aws_ecr_repository_policy": "policy",
	"aws_efs_file_system_policy": "policy",
	"aws_elasticsearch_domain": "access_policies",
	"aws_elasticsearch_domain_policy": "access_policies",
	"aws_glacier_vault": "access_policy",
	"aws_glue_resource_policy": "policy",
	"aws_kinesis_resource_policy": "policy",
	"aws_kms_external_key": "policy",
	"aws_kms_key": "policy",
	"aws_kms_key_policy": "policy",
	"aws_kms_replica_external_key": "policy",
	"aws_kms_replica_key": "policy",
	"aws_media_store_container_policy": "policy",
	"aws_msk_cluster_policy": "policy",
	"aws_networkfirewall_resource_policy": "policy",
	"aws_oam_sink_policy": "policy",
	"aws_opensearch_domain": "access_policies",
	"aws_opensearch_domain_policy": "access_policies",
	"aws_redshift_resource_policy": "policy",
	"aws_redshiftserverless_resource_policy": "policy",
	"aws_s3_access_point": "policy",
	"aws_s3_bucket": "policy",
	"aws_s3_bucket_policy": "policy",
	"aws_s3control_access_grants_instance_resource_policy": "policy",
	"aws_s3control_access_point_policy": "policy",
	"aws_s3control_bucket_policy": "policy",
	"aws_s3control_object_lambda_access_point_policy": "policy",
	"aws_s3tables_table_bucket_policy": "resource_policy",
	"aws_s3tables_table_policy": "resource_policy",
	"aws_sagemaker_model_package_group_policy": "resource_policy",
	"aws_schemas_registry_policy": "policy",
	"aws_secretsmanager_secret": "policy",
	"aws_secretsmanager_secret_policy": "policy",
	"aws_ses_identity_policy": "policy",
	"aws_sesv2_email_identity_policy": "policy",
	"aws_sns_topic": "policy",
	"aws_sns_topic_policy": "policy",
	"aws_sqs_queue": "policy",
	"aws_sqs_queue_policy": "policy",
	"aws_vpclattice_auth_policy": "policy",
	"aws_vpclattice_resource_policy": "policy",
	"aws_xray_resource_policy": "policy_document",
}

findings contains lib.finding(
	"iam.policy_unknown", "error", u.r.address,
	sprintf("%s of %s is only known after the apply, so nobody can say what it allows", [u.argument, u.r.address]),
	"use aws_iam_policy_document, whose statements the plan contains, or build ARNs from names",
) if {
	some u in unseen
}

demands contains {"people": 1, "role": "security", "why": "iam.policy_unknown"} if some _ in unseen

# Policies that nobody sees before the apply, and that may allow anything: {r, argument}.
hidden := [{"r": r, "argument": argument} |
	some type, arguments in granting
	some r in lib.touched(type)
	some argument in arguments
	lib.hidden(r, argument)
]

# ARNs of policies that may come from something else than a policy.
elsewhere := [{"r": r, "argument": "policy_arn"} |
	some type in attachment_types
	some r in lib.touched(type)
	lib.is_unknown(r.change.after_unknown.policy_arn)
	lib.mixed(r, "policy_arn", {"aws_iam_policy"})
	not lib.hidden(r, "policy_arn")
]

granting := {
	"aws_iam_group_policy_attachment": ["policy_arn"],
	"aws_iam_group_policy_attachments_exclusive": ["policy_arns"],
	"aws_iam_policy_attachment": ["policy_arn"],
	"aws_iam_role": ["inline_policy", "managed_policy_arns", "permissions_boundary"],
	"aws_iam_role_policy_attachment": ["policy_arn"],
	"aws_iam_role_policy_attachments_exclusive": ["policy_arns"],
	"aws_iam_user": ["permissions_boundary"],
	"aws_iam_user_policy_attachment": ["policy_arn"],
	"aws_iam_user_policy_attachments_exclusive": ["policy_arns"],
	"aws_ssoadmin_managed_policy_attachment": ["managed_policy_arn"],
}

findings contains lib.finding(
	"iam.policy_hidden", "error", h.r.address,
	sprintf("%s has %s only after the apply, so nobody can say what it allows", [h.r.address, h.argument]),
	"write it into the configuration with aws_iam_policy_document, or refer to the policy's resource directly",
) if {
	some h in array.concat(hidden, elsewhere)
}

# The same, in a policy document that is read during the apply.
findings contains lib.finding(
	"iam.policy_hidden", "error", document.address,
	sprintf("%s has a statement that nobody sees before the apply, so nobody can say what it allows", [document.address]),
	"write actions, resources and principals into the document, or refer to resources directly",
) if {
	some documents in input.plan.reads
	some document in documents
	some argument in ["statement", "source_policy_documents", "override_policy_documents"]
	lib.hidden(document, argument)
}

demands contains {"people": 1, "role": "security", "why": "iam.policy_hidden"} if some _ in hidden

# Trust -----------------------------------------------------------------------------------------------

findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("anyone can assume %s", [t.role.address]),
	"name the principals in the trust policy",
) if {
	some t in trusted
	some principal in principals(t.statement)
	principal.id == "*"
}

findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("the trust policy of %s names no principal", [t.role.address]),
	"name the principals in the trust policy",
) if {
	some t in trusted
	count(principals(t.statement)) == 0
}

# Anyone with a GitHub workflow can get a token from that issuer. Only the subject identifies the repository.
findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("%s trusts every repository on GitHub", [t.role.address]),
	"add a condition on token.actions.githubusercontent.com:sub that names the repository",
) if {
	some t in trusted
	some principal in principals(t.statement)
	endswith(principal.id, "oidc-provider/token.actions.githubusercontent.com")
	not names_subject(t.statement)
}

# Web identities and SAML: without a subject or an audience, everybody whom the provider knows.
findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("%s trusts everybody whom an identity provider knows", [t.role.address]),
	"add a condition on the provider's sub or aud",
) if {
	some t in trusted
	some principal in principals(t.statement)
	principal.type == "Federated"
	not endswith(principal.id, "oidc-provider/token.actions.githubusercontent.com")
	not names_audience(t.statement)
}

names_audience(statement) if {
	some test, keys in statement.Condition
	regex.match(`^(ForAnyValue:)?String(Equals|Like)$`, test)
	some key, values in keys
	regex.match(`:(sub|aud)$`, key)
	some value in lib.list(values)
	not regex.match(`^[*?]*$`, value)
}

names_subject(statement) if {
	some test in ["StringEquals", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"]
	subjects := lib.list(statement.Condition[test]["token.actions.githubusercontent.com:sub"])
	count(subjects) > 0
	every subject in subjects {
		regex.match(`^repo:[^*/]+/`, subject)
	}
}

principals(statement) := {{"type": "AWS", "id": "*"}} if statement.Principal == "*"

principals(statement) := {{"type": type, "id": id} |
	some type, ids in statement.Principal
	some id in lib.list(ids)
	is_string(id)
} if is_object(statement.Principal)

principals(statement) := set() if not statement.Principal

human(principal) if contains(principal.id, ":user/")

human(principal) if contains(principal.id, ":saml-provider/")

human(principal) if contains(principal.id, "AWSReservedSSO_")

machine(principal) if principal.type == "Service"

machine(principal) if contains(principal.id, ":oidc-provider/")

machine(principal) if is_agent(principal.id)

# A name that contains `agent` as a separate word. Names of monitoring and build agents do not count.
is_agent(name) if {
	regex.match(`(^|[^a-z])agents?([^a-z]|$)`, lower(name))
	not regex.match(`(buildkite|cloudwatch|datadog|ecs|newrelic|otel|ssm|unified)[^a-z]?agent`, lower(name))
}

agent_role(r) if is_agent(lib.text(r.change.after, "name"))

agent_role(r) if lower(lib.text(lib.tags(r), "Principal")) == "agent"

findings contains lib.finding(
	"iam.agent_human_role", "error", t.role.address,
	sprintf("%s is a role of an agent, but %s can assume it", [t.role.address, principal.id]),
	"give people a separate role, so that the record shows who acted",
) if {
	some t in trusted
	agent_role(t.role)
	some principal in principals(t.statement)
	human(principal)
}

findings contains lib.finding(
	"iam.agent_human_role", "error", r.address,
	sprintf("people and machines can both assume %s", [r.address]),
	"create separate roles for people and machines, so that the record shows who acted",
) if {
	some r in roles
	all := {p | some t in trusted; t.role.address == r.address; some p in principals(t.statement)}
	some person in all
	human(person)
	some other in all
	machine(other)
}
