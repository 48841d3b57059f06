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

# {resource, statement} of every Allow statement.
allowed contains {"resource": r.address, "statement": s} if {
	some r in holders
	some s in statements(r, "policy")
	s.Effect == "Allow"
}

allowed contains {"resource": r.address, "statement": s} if {
	some r in lib.touched("aws_ssoadmin_permission_set_inline_policy")
	some s in statements(r, "inline_policy")
	s.Effect == "Allow"
}

allowed contains {"resource": r.address, "statement": s} if {
	some r in roles
	some inline in list_of(object.get(r.change.after, "inline_policy", null))
	some s in parsed(inline.policy)
	s.Effect == "Allow"
}

# Whether an action does not support resource ARNs, so that `*` is the only possible resource (`unscoped.json`).
unscoped(action) if {
	[service, name] := split(lower(action), ":")
	data.unscoped[service][name]
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
	not unscoped(action)
	not by_tag(a.statement)
}

# A statement that only holds for resources with a tag, as the deployment roles of AWS's documentation have it.
by_tag(statement) if {
	some test, keys in lib.members(statement.Condition)
	regex.match(`^String(Equals|Like)$`, test)
	some key, values in lib.members(keys)
	regex.match(`^(aws|ec2|ecr|rds|secretsmanager|ssm):(resourcetag|requesttag)/|^kms:resourcealiases$`, lower(key))
	every value in list_of(values) {
		is_string(value)
		not regex.match(`^[*?]*$`, value)
	}
}

# A pattern that an ordinary name of each kind matches: `*`, `secret:*`, `arn:aws:s3:::*/*`, `role/?*`, `key/*-*`. IDs of EC2 cannot
# be known in advance, so they may be patterns.
everything(resource) if {
	parts := split(resource, ":")
	some service, names in ordinary
	iam_covers(parts[2], service)
	some name in names
	iam_covers(concat(":", array.slice(parts, 5, count(parts))), name)
}

# A pattern that a long name of any service matches.
everything(resource) if {
	parts := split(resource, ":")
	iam_covers(concat(":", array.slice(parts, 5, count(parts))), "abcdefghijklmnopqrstuvwxyz-0123456789_./abcdefghijklmnopqrstuvwxyz")
}

# Less than an ARN, such as `*` or `arn:aws:*`.
everything(resource) if iam_covers(resource, "arn:aws:service:region:account:resource")

# By service, the longest names that say nothing: a pattern that matches one of them matches nearly every resource.
ordinary := {
	"dynamodb": ["table/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"ecr": ["repository/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"ecs": ["service/abcdefghijklmnopqrstuvwxyz-0123456789_/abcdefghijklmnopqrstuvwxyz", "task-definition/abcdefghijklmnopqrstuvwxyz-0123456789_:1"],
	"events": ["rule/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"iam": ["role/abcdefghijklmnopqrstuvwxyz-0123456789_", "user/abcdefghijklmnopqrstuvwxyz-0123456789_", "policy/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"kinesis": ["stream/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"kms": ["key/01234567-89ab-cdef-0123-456789abcdef"],
	"lambda": ["function:abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"rds": ["db:abcdefghijklmnopqrstuvwxyz-0123456789", "cluster:abcdefghijklmnopqrstuvwxyz-0123456789"],
	"rds-db": ["dbuser:cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz_0123456789"],
	"s3": ["abcdefghijklmnopqrstuvwxyz-0123456789.abc", "abcdefghijklmnopqrstuvwxyz-0123456789.abc/abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"secretsmanager": ["secret:abcdefghijklmnopqrstuvwxyz-0123456789_-AbCdEf"],
	"sns": ["abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"sqs": ["abcdefghijklmnopqrstuvwxyz-0123456789_"],
	"ssm": ["parameter/abcdefghijklmnopqrstuvwxyz-0123456789_/abcdefghijklmnopqrstuvwxyz"],
	"states": ["stateMachine:abcdefghijklmnopqrstuvwxyz-0123456789_"],
}

findings contains lib.finding(
	"iam.not_action", "error", a.resource,
	sprintf("%s allows everything except what it lists (%s)", [a.resource, key]),
	"use Action and Resource to list what is allowed",
) if {
	some a in allowed
	some key in ["NotAction", "NotResource"]
	not is_empty(object.get(a.statement, key, null))
}

findings contains lib.finding(
	"iam.pass_role", "critical", a.resource,
	sprintf("%s can pass any role to a service (%s on %s)", [a.resource, action, resource]),
	"list the roles that may be passed, and add a condition on iam:PassedToService that names the service",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	iam_covers(lower(action), "iam:passrole")
	some resource in named(a.statement, "Resource")
	any_role(resource)
}

any_role(resource) if everything(resource)

# At most three letters of a name are no name.
any_role(resource) if regex.match(`:role/[^*?/]{0,3}[*?]`, resource)

# Roles by the beginning of their names, or by their path: any of them, with any service.
findings contains lib.finding(
	"iam.pass_role", "error", a.resource,
	sprintf("%s can pass roles that it does not name to any service (%s)", [a.resource, resource]),
	"list the roles that may be passed, or add a condition on iam:PassedToService that names the service",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	iam_covers(lower(action), "iam:passrole")
	some resource in named(a.statement, "Resource")
	regex.match(`[*?]$`, resource)
	not any_role(resource)
	not "iam:passedtoservice" in limited_keys(a.statement)
}

findings contains lib.finding(
	"iam.administrator_access", "critical", r.address,
	sprintf("%s attaches %s", [r.address, arn]),
	"attach a policy that lists the required actions",
) if {
	some type in attachment_types | {"aws_iam_role"}
	some r in lib.touched(type)
	some arn in attached(r)
	regex.match(`:policy/(AdministratorAccess|IAMFullAccess|PowerUserAccess|AWSOrganizationsFullAccess|AWSSSOMasterAccountAdministrator|AdministratorAccess-.*)$`, arn)
}

# ARNs of the managed policies that a resource attaches.
attached(r) := [arn |
	some argument in ["policy_arn", "policy_arns", "managed_policy_arn", "managed_policy_arns"]
	some arn in list_of(object.get(r.change.after, argument, null))
	is_string(arn)
]

# Policies of AWS with which a service can be taken over as a whole.
findings contains lib.finding(
	"iam.full_access", "error", r.address,
	sprintf("%s attaches %s, which allows everything in a service", [r.address, arn]),
	"attach a policy that lists the required actions and resources",
) if {
	some type in attachment_types | {"aws_iam_role"}
	some r in lib.touched(type)
	some arn in attached(r)
	regex.match(`:aws:policy/(.*/)?(.*FullAccess|SystemAdministrator|DatabaseAdministrator|SecretsManagerReadWrite|AmazonEC2RoleforSSM|AWSCodeBuildAdminAccess|AmazonEC2ContainerRegistryFullAccess|AWSLambda_FullAccess)$`, arn)
	not regex.match(`:policy/(IAMFullAccess|AWSCloudShellFullAccess|AWSOrganizationsFullAccess)$`, arn)
}

# What allows everything bounds nothing.
findings contains lib.finding(
	"iam.administrator_access", "critical", r.address,
	sprintf("%s has %s as its boundary, which bounds nothing", [r.address, place.value]),
	"use a policy that lists what may be allowed at most",
) if {
	some type, path in boundaries
	some r in lib.touched(type)
	some place in places(r.change, path)
	is_string(place.value)
	endswith(place.value, ":policy/AdministratorAccess")
}

boundaries := {
	"aws_iam_role": ["permissions_boundary"],
	"aws_iam_user": ["permissions_boundary"],
	"aws_ssoadmin_permissions_boundary_attachment": ["permissions_boundary", "managed_policy_arn"],
}

# People leave, and their permissions stay with the user.
findings contains lib.finding(
	"iam.user_policy", "error", r.address,
	sprintf("%s attaches a policy to a user", [r.address]),
	"attach it to a role or to a group",
) if {
	some type in ["aws_iam_user_policy_attachment", "aws_iam_user_policy_attachments_exclusive"]
	some r in lib.touched(type)
}

findings contains lib.finding(
	"iam.user_policy", "error", r.address,
	sprintf("%s attaches a policy to a user", [r.address]),
	"attach it to a role or to a group",
) if {
	some r in lib.touched("aws_iam_policy_attachment")
	not is_empty(object.get(r.change.after, "users", null))
}

# A person who knows the cluster must see who becomes its administrator.
findings contains lib.finding(
	"iam.cluster_admin", "warning", r.address,
	sprintf("%s makes a principal administrator of a whole cluster", [r.address]),
	"no fix needed if a person is meant; for a workload, name the namespaces in access_scope",
) if {
	some r in cluster_admins
}

cluster_admins := [r |
	some r in lib.touched("aws_eks_access_policy_association")
	regex.match(`AmazonEKS(ClusterAdmin|Admin)Policy$`, text_of(r.change.after, "policy_arn"))
	some scope in list_of(r.change.after.access_scope)
	scope.type == "cluster"
]

demands contains {"people": 1, "role": "security", "why": "iam.cluster_admin"} if some _ in cluster_admins

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
	some at, inline in list_of(object.get(r.change.after, "inline_policy", null))
	says_something(r, at, inline)
}

says_something(_, _, inline) if not is_empty(object.get(inline, "policy", null))

says_something(r, at, _) if r.change.after_unknown.inline_policy[at].policy
