# Identity and access: nothing with a wildcard, nobody an administrator.
package headgate.iam

import data.headgate.lib
import rego.v1

holders := {
	"aws_iam_policy",
	"aws_iam_role_policy",
	"aws_iam_user_policy",
	"aws_iam_group_policy",
}

attachments := {
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
	"aws_iam_policy_attachment",
}

# Allow statements of every policy document that is known at plan time.
allowed contains {"resource": r.address, "statement": statement} if {
	some r in lib.touched
	r.type in holders
	is_string(r.change.after.policy)
	json.is_valid(r.change.after.policy)
	some statement in lib.list(json.unmarshal(r.change.after.policy).Statement)
	statement.Effect == "Allow"
}

findings contains {
	"rule": "iam.wildcard_action",
	"severity": "error",
	"resource": a.resource,
	"message": sprintf("%s allows the action %s", [a.resource, action]),
	"fix": "list the actions that are needed",
} if {
	some a in allowed
	some action in lib.list(a.statement.Action)
	contains(action, "*")
}

findings contains {
	"rule": "iam.wildcard_resource",
	"severity": "error",
	"resource": a.resource,
	"message": sprintf("%s allows its actions on every resource", [a.resource]),
	"fix": "name the ARNs that are needed",
} if {
	some a in allowed
	some resource in lib.list(a.statement.Resource)
	resource == "*"
}

findings contains {
	"rule": "iam.not_action",
	"severity": "error",
	"resource": a.resource,
	"message": sprintf("%s allows all but what it lists (%s)", [a.resource, key]),
	"fix": "list what is allowed instead of what is not",
} if {
	some a in allowed
	some key in ["NotAction", "NotResource"]
	a.statement[key]
}

findings contains {
	"rule": "iam.administrator_access",
	"severity": "critical",
	"resource": r.address,
	"message": sprintf("%s attaches AdministratorAccess", [r.address]),
	"fix": "attach a policy with the actions that are needed",
} if {
	some r in lib.touched
	some arn in arns(r)
	endswith(arn, ":policy/AdministratorAccess")
}

arns(r) := [r.change.after.policy_arn] if {
	r.type in attachments
	is_string(r.change.after.policy_arn)
}

arns(r) := r.change.after.managed_policy_arns if {
	r.type == "aws_iam_role"
	is_array(r.change.after.managed_policy_arns)
}

findings contains {
	"rule": "iam.policy_unknown",
	"severity": "warning",
	"resource": r.address,
	"message": sprintf("the policy of %s is known only after the apply", [r.address]),
	"fix": "build ARNs from names, so that the policy can be read off the plan",
} if {
	some r in lib.touched
	r.type in holders
	lib.unknown(r, "policy")
}
