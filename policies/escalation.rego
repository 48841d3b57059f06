# Permissions with which somebody can give themselves more permissions, and policies that grant more than before.
package headgate.iam

import data.headgate.lib
import rego.v1

# Actions that turn into other permissions.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
ways := {
	"eks:AssociateAccessPolicy": "gives somebody permissions in a cluster",
	"eks:CreateAccessEntry": "lets somebody into a cluster",
	"iam:AddClientIDToOpenIDConnectProvider": "lets other clients assume roles",
	"iam:AddUserToGroup": "gives a user the permissions of a group",
	"iam:AttachGroupPolicy": "attaches any policy to a group",
	"iam:AttachRolePolicy": "attaches any policy to a role",
	"iam:AttachUserPolicy": "attaches any policy to a user",
	"iam:CreateAccessKey": "makes a key for another user",
	"iam:CreateLoginProfile": "makes a password for another user",
	"iam:CreateOpenIDConnectProvider": "lets another identity provider in",
	"iam:CreatePolicyVersion": "rewrites a policy",
	"iam:CreateSAMLProvider": "lets another identity provider in",
	"iam:CreateServiceSpecificCredential": "makes a password for another user",
	"iam:DeleteRolePermissionsBoundary": "removes the boundary of a role",
	"iam:DeleteRolePolicy": "removes what denies",
	"iam:DeleteUserPermissionsBoundary": "removes the boundary of a user",
	"iam:DeleteUserPolicy": "removes what denies",
	"iam:PutGroupPolicy": "writes any policy for a group",
	"iam:PutRolePermissionsBoundary": "replaces the boundary of a role",
	"iam:PutRolePolicy": "writes any policy for a role",
	"iam:PutUserPermissionsBoundary": "replaces the boundary of a user",
	"iam:PutUserPolicy": "writes any policy for a user",
	"iam:SetDefaultPolicyVersion": "brings an older policy back",
	"iam:UpdateAssumeRolePolicy": "lets anyone assume a role",
	"iam:UpdateLoginProfile": "changes the password of another user",
	"iam:UpdateOpenIDConnectProviderThumbprint": "lets another identity provider in",
	"iam:UpdateSAMLProvider": "lets another identity provider in",
	"iam:UploadSSHPublicKey": "makes a key for another user",
	"identitystore:CreateGroupMembership": "gives people the permissions of a group",
	"kms:PutKeyPolicy": "lets anyone use a key",
	"organizations:DeletePolicy": "removes a guardrail of the organization",
	"organizations:DetachPolicy": "removes a guardrail of the organization",
	"organizations:LeaveOrganization": "leaves the guardrails of the organization",
	"organizations:DisablePolicyType": "removes the guardrails of the organization",
	"organizations:UpdatePolicy": "rewrites a guardrail of the organization",
	"rolesanywhere:CreateTrustAnchor": "lets another identity provider in",
	"sso:AttachCustomerManagedPolicyReferenceToPermissionSet": "attaches a policy to people",
	"sso:AttachManagedPolicyToPermissionSet": "attaches any policy to people",
	"sso:CreateAccountAssignment": "gives people access to an account",
	"sso:PutInlinePolicyToPermissionSet": "writes any policy for people",
	"sts:AssumeRoot": "becomes the root user of an account",
	"sts:GetFederationToken": "makes sessions that outlive a key",
}

# Actions that run code, or open a session, with the role of what they are about. They are escalations where they do not name it.
runs := {
	"apprunner:UpdateService": "runs other code with the role of a service",
	"cloudformation:ExecuteChangeSet": "works with the role of a stack",
	"cloudformation:UpdateStack": "works with the role of a stack",
	"codebuild:StartBuild": "runs other code with the role of a project",
	"codebuild:UpdateProject": "runs other code with the role of a project",
	"ec2-instance-connect:SendSSHPublicKey": "opens a shell on an instance",
	"ec2:CreateLaunchTemplateVersion": "runs other code with the role of the next instances",
	"ec2:ModifyInstanceAttribute": "runs other code with the role of an instance",
	"ec2:ModifyLaunchTemplate": "runs other code with the role of the next instances",
	"ecs:ExecuteCommand": "opens a shell in a task",
	"ecs:UpdateService": "runs other code with the role of a task",
	"glue:UpdateDevEndpoint": "opens a shell with the role of an endpoint",
	"glue:UpdateJob": "runs other code with the role of a job",
	"iam:TagRole": "changes what conditions on tags allow",
	"iam:TagUser": "changes what conditions on tags allow",
	"lambda:UpdateFunctionCode": "runs other code with the role of a function",
	"lambda:UpdateFunctionConfiguration": "runs other code with the role of a function",
	"sagemaker:CreatePresignedNotebookInstanceUrl": "opens a session with the role of a notebook",
	"ssm:SendCommand": "runs commands on an instance",
	"ssm:StartSession": "opens a shell on an instance",
	"states:UpdateStateMachine": "works with the role of a state machine",
}

# A resource whose last part is no name, such as `instance/*`.
nameless(resource) if regex.match(`:[A-Za-z-]+[:/][*?]+([:/][*?]+)*$`, resource)

nameless(resource) if everything(resource)

# A resource that names no more than a prefix of users or roles.
nameless_identity(resource) if regex.match(`:(role|user)/[^*?]*[*?]`, resource)

findings contains lib.finding(
	"iam.escalation", "critical", a.resource,
	sprintf("%s allows %s on resources that it does not name (%s), which %s", [a.resource, some_of(used_ways), some_of(on), some_of({runs[way] | some way in used_ways})]),
	"name the resources, or add a condition on their tags",
) if {
	some a in allowed
	not by_tag(a.statement)
	not limits_tags(a.statement)
	used := ways_without_names(a.statement)
	used_ways := {u.way | some u in used}
	count(used_ways) > 0
	on := {u.resource | some u in used}
}

# {way, resource} of each action of a statement that needs a name and has none. What allows every action is found as that.
ways_without_names(statement) := {{"way": way, "resource": resource} |
	some action in named(statement, "Action")
	contains(action, ":")
	some way in iam_covered(action, runs)
	some resource in named(statement, "Resource")
	not_named(way, resource)
}

not_named(way, resource) if {
	nameless(resource)
	not startswith(way, "iam:")
}

not_named(way, resource) if {
	nameless_identity(resource)
	startswith(way, "iam:")
}

# Whether a condition lists the keys of tags that may be set.
limits_tags(statement) if {
	some test, keys in lib.members(statement.Condition)
	regex.match(`^ForA(ll|ny)Values?:String(Equals|Like)$|^String(Equals|Like)$`, test)
	some key, values in lib.members(keys)
	regex.match(`^aws:(tagkeys$|requesttag/)`, lower(key))
	every value in list_of(values) {
		is_string(value)
		not regex.match(`^[*?]*$`, value)
	}
}

# Credentials that a user may make for themselves.
personal := {"iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential", "iam:UpdateLoginProfile", "iam:UploadSSHPublicKey"}

own_user(resource) if contains(resource, ":user/${aws:username}")

own_user(resource) if contains(resource, ":user/*/${aws:username}")

# What a statement is about. A resource that is created with it is only known after the apply.
targets(statement) := {resource | some resource in named(statement, "Resource")} | {"a resource of this plan" |
	some resource in list_of(object.get(statement, "Resource", null))
	not is_string(resource)
}

# {resource, way, on}: each way that a statement opens, and on what.
opened contains {"resource": a.resource, "way": way, "on": on} if {
	some a in allowed
	some action in named(a.statement, "Action")
	some way in iam_covered(action, ways)
	not bounded(a.statement, way)
	on := {resource | some resource in targets(a.statement); not of_oneself(way, resource)}
	count(on) > 0
}

# Roles that a service makes for itself, and that only it may assume.
of_oneself(_, resource) if regex.match(`:role/aws-service-role/[^*?/]+/`, resource)

of_oneself(way, resource) if {
	way in personal
	own_user(resource)
}

findings contains lib.finding(
	"iam.escalation", "critical", o.resource,
	sprintf("%s allows %s on %s, which %s", [o.resource, o.way, some_of(o.on), ways[o.way]]),
	"leave it to a deployment role, and add a condition on iam:PermissionsBoundary or iam:PolicyARN",
) if {
	some o in opened
}

some_of(all) := concat(", ", sort(all)) if count(all) < 4

some_of(all) := sprintf("%s and %v more", [concat(", ", array.slice(sort(all), 0, 3)), count(all) - 3]) if count(all) >= 4

# Whether a condition names the boundary or the policies. What deletes a boundary or a policy is not kept in bounds by them.
bounded(statement, way) if {
	not startswith(way, "iam:Delete")
	some test, keys in lib.members(statement.Condition)
	regex.match(`^(ForAnyValue:)?(String|Arn)(Equals|Like)$`, test)
	some key, values in lib.members(keys)
	lower(key) in {"iam:permissionsboundary", "iam:policyarn"}
	count(list_of(values)) > 0
	every value in list_of(values) {
		not open_policy(value)
	}
}

# The ARN of a policy of this plan is null, because it is only known after the apply.
open_policy(value) if {
	is_string(value)
	regex.match(`[*?]$|:policy/(AdministratorAccess|IAMFullAccess|PowerUserAccess)`, value)
}

open_policy(value) if {
	not is_string(value)
	not is_null(value)
}

findings contains lib.finding(
	"iam.escalation", "critical", a.resource,
	sprintf("%s can assume roles that it does not name (%s)", [a.resource, some_of(loose)]),
	"list the roles that may be assumed",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	iam_covers(lower(action), "sts:assumerole")
	loose := {resource | some resource in named(a.statement, "Resource"); any_role(resource)}
	count(loose) > 0
}

# More than before --------------------------------------------------------------------------------------

# {r, argument} of existing policies whose text the plan changes, before and after the change known.
rewritten := [{"r": r, "was": was, "is": is} |
	some type in object.keys(policy_texts)
	not type in object.keys(resource_documents)
	some r in lib.moved(type)
	is_object(r.change.after)
	argument := policy_texts[type]
	was := parsed(r.change.before[argument])
	is := statements(r, argument)
	was != is
]

findings contains lib.finding(
	"iam.grants_more", "warning", w.r.address,
	sprintf("%s allows %s on %s, which it did not allow before", [w.r.address, some_of(actions(s)), some_of(resources(s))]),
	"no fix needed; a person who knows the systems must approve the change",
) if {
	some w in rewritten
	some s in w.is
	s.Effect == "Allow"
	not said_before([old | some old in w.was; old.Effect == "Allow"], s)
}

demands contains {"people": 1, "role": "", "why": "iam.grants_more"} if {
	some f in findings
	f.rule == "iam.grants_more"
}

# What a statement denied before, and no statement denies now.
findings contains lib.finding(
	"iam.grants_more", "warning", w.r.address,
	sprintf("%s no longer denies %s on %s", [w.r.address, some_of(actions(s)), some_of(resources(s))]),
	"no fix needed; a person who knows the systems must approve the change",
) if {
	some w in rewritten
	some s in w.was
	s.Effect == "Deny"
	not said_before([new | some new in w.is; new.Effect == "Deny"], s)
}

# Whether each action of a statement is in one of others that covers all its resources. Two that cover it only together count as a change: a
# person looks at one too many.
said_before(others, s) if {
	not has_exceptions(s)
	around := [old |
		some old in others
		not has_exceptions(old)
		no_narrower(old, s)
		every place in resources(s) {
			some wide in resources(old)
			iam_covers(wide, place)
		}
	]
	every action in actions(s) {
		some old in around
		some wide in actions(old)
		iam_covers(wide, action)
	}
}

# The same statement.
said_before(others, s) if s in others

# NotAction, NotResource and NotPrincipal may be anything.
has_exceptions(s) if {
	some key in ["NotAction", "NotResource", "NotPrincipal"]
	not is_empty(object.get(s, key, null))
}

# A statement with conditions covers only one with the same conditions.
no_narrower(old, _) if is_empty(object.get(old, "Condition", null))

no_narrower(old, s) if object.get(old, "Condition", null) == object.get(s, "Condition", null)

actions(s) := {lower(action) | some action in list_of(object.get(s, "Action", object.get(s, "NotAction", []))); is_string(action)}

# A trust policy has principals instead of resources: they get this role.
resources(s) := targets(s) | {p.id | some p in principals(s)}
