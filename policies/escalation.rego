# Permissions with which somebody can give themselves more permissions, and policies that grant more than before.
package headgate.iam

import data.headgate.lib
import rego.v1

# Actions that turn into other permissions, and the keys that keep them in bounds if a condition names them.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
ways := {
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
	"organizations:DetachPolicy": "removes a guardrail of the organization",
	"organizations:LeaveOrganization": "leaves the guardrails of the organization",
	"sso:AttachManagedPolicyToPermissionSet": "attaches any policy to people",
	"sso:CreateAccountAssignment": "gives people access to an account",
	"sso:PutInlinePolicyToPermissionSet": "writes any policy for people",
}

bounds := {"iam:permissionsboundary", "iam:policyarn"}

# The own user's keys and password are no escalation.
own_user(resource) if contains(resource, ":user/${aws:username}")

own_user(resource) if contains(resource, ":user/*/${aws:username}")

findings contains lib.finding(
	"iam.escalation", "critical", a.resource,
	sprintf("%s allows %s on %s, which %s", [a.resource, way, resource, ways[way]]),
	"leave it to a deployment role, and add a condition on iam:PermissionsBoundary or iam:PolicyARN",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	startswith(lower(action), "iam:")
	some way in object.keys(ways)
	iam_covers(lower(action), lower(way))
	some resource in named(a.statement, "Resource")
	not own_user(resource)
	not bounded(a.statement)
}

findings contains lib.finding(
	"iam.escalation", "critical", a.resource,
	sprintf("%s allows %s on %s, which %s", [a.resource, way, resource, ways[way]]),
	"leave it to the management account",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	not startswith(lower(action), "iam:")
	some way in object.keys(ways)
	iam_covers(lower(action), lower(way))
	some resource in named(a.statement, "Resource")
}

bounded(statement) if {
	some test, keys in statement.Condition
	regex.match(`^(ForAnyValue:)?(String|Arn)(Equals|Like)$`, test)
	some key in object.keys(keys)
	lower(key) in bounds
}

findings contains lib.finding(
	"iam.escalation", "critical", a.resource,
	sprintf("%s can assume roles that it does not name (%s)", [a.resource, resource]),
	"list the roles that may be assumed",
) if {
	some a in allowed
	some action in named(a.statement, "Action")
	iam_covers(lower(action), "sts:assumerole")
	some resource in named(a.statement, "Resource")
	unnamed_role(resource)
}

unnamed_role(resource) if any_role(resource)

# Any role of any account.
unnamed_role(resource) if regex.match(`^arn:[^:]*:iam::[*?]+:role/`, resource)

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

granted(all) := [s | some s in all; s.Effect == "Allow"]

findings contains lib.finding(
	"iam.grants_more", "warning", w.r.address,
	sprintf("%s allows %s on %s, which it did not allow before", [w.r.address, action, resource]),
	"no fix needed; a person who knows the systems must approve the change",
) if {
	some w in rewritten
	some s in granted(w.is)
	some action in actions(s)
	some resource in resources(s)
	not allowed_before(granted(w.was), s, action, resource)
}

demands contains {"people": 1, "role": "", "why": "iam.grants_more"} if {
	some f in findings
	f.rule == "iam.grants_more"
}

# What a statement denied before, and no statement denies now.
findings contains lib.finding(
	"iam.grants_more", "warning", w.r.address,
	sprintf("%s no longer denies %s on %s", [w.r.address, action, resource]),
	"no fix needed; a person who knows the systems must approve the change",
) if {
	some w in rewritten
	some s in w.was
	s.Effect == "Deny"
	some action in actions(s)
	some resource in resources(s)
	not allowed_before([d | some d in w.is; d.Effect == "Deny"], s, action, resource)
}

allowed_before(all, s, action, resource) if {
	some old in all
	some wide in actions(old)
	iam_covers(lower(wide), lower(action))
	some place in resources(old)
	iam_covers(place, resource)
	no_narrower(old, s)
}

# A statement with conditions covers only one with the same conditions.
no_narrower(old, _) if lib.empty(object.get(old, "Condition", null))

no_narrower(old, s) if object.get(old, "Condition", null) == object.get(s, "Condition", null)

# NotAction may be anything.
actions(s) := named(s, "Action") if lib.empty(object.get(s, "NotAction", null))

actions(s) := ["*"] if not lib.empty(object.get(s, "NotAction", null))

# A trust policy has principals instead of resources: whoever they are, they get this role.
resources(s) := array.concat(named(s, "Resource"), [p.id | some p in principals(s)]) if lib.empty(object.get(s, "NotResource", null))

resources(s) := ["*"] if not lib.empty(object.get(s, "NotResource", null))
