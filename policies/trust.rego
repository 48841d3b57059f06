# Who can assume a role.
package headgate.iam

import data.headgate.lib
import rego.v1

trusted contains {"role": r, "statement": s} if {
	some r in roles
	some s in statements(r, "assume_role_policy")
	s.Effect == "Allow"
}

findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("anyone can assume %s", [t.role.address]),
	"name the principals in the trust policy",
) if {
	some t in trusted
	some principal in principals(t.statement)
	regex.match(`^(arn:[^:]*:iam::)?[*?]+(:|$)`, principal.id)
	not one_of_ours(t.statement)
}

# A condition on who the caller is, not only on the organization or on where the request comes from.
one_of_ours(statement) if {
	some key in limited_keys(statement)
	key in {"aws:principalaccount", "aws:principalarn", "aws:userid"}
}

# With access keys, a request says nothing about a second factor, and then these conditions hold.
findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("%s requires a second factor only of those who may have one (%s)", [t.role.address, test]),
	"use Bool instead of BoolIfExists",
) if {
	some t in trusted
	some test, keys in lib.members(t.statement.Condition)
	lower(test) in {"boolifexists", "numericlessthanifexists", "numericlessthanequalsifexists"}
	some key in object.keys(keys)
	lower(key) in {"aws:multifactorauthage", "aws:multifactorauthpresent"}
}

# A certificate of any trust anchor of the account is enough.
findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("%s trusts every certificate of every trust anchor", [t.role.address]),
	"add a condition on aws:SourceArn (the trust anchor) and aws:PrincipalTag/x509Subject/CN",
) if {
	some t in trusted
	some principal in principals(t.statement)
	principal.id == "rolesanywhere.amazonaws.com"
	not "aws:sourcearn" in limited_keys(t.statement)
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
	principal.type == "Federated"
	of_github(principal, t.statement)
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
	not of_github(principal, t.statement)
	not names_audience(t.statement)
}

github := "token.actions.githubusercontent.com"

of_github(principal, _) if endswith(principal.id, sprintf("oidc-provider/%s", [github]))

# The ARN of a provider of this plan is only known after the apply, but the conditions name the issuer.
of_github(principal, statement) if {
	principal.id == later
	some _, keys in lib.members(statement.Condition)
	some key in object.keys(keys)
	startswith(lower(key), github)
}

of_github(principal, statement) if {
	principal.id == later
	is_empty(object.get(statement, "Condition", null))
	some r in lib.touched("aws_iam_openid_connect_provider")
	contains(text_of(r.change.after, "url"), github)
}

# Any service account of a cluster, in any namespace.
findings contains lib.finding(
	"iam.trust_principal", "critical", t.role.address,
	sprintf("%s trusts the service accounts of every namespace (%s)", [t.role.address, value]),
	"name the namespace and the service account in the condition on sub",
) if {
	some t in trusted
	some _, keys in lib.members(t.statement.Condition)
	some key, values in lib.members(keys)
	endswith(lower(key), ":sub")
	some value in list_of(values)
	is_string(value)
	regex.match(`^system:serviceaccount:[^:]*[*?]`, value)
}

# Agents work in short sessions.
findings contains lib.finding(
	"agents.session", "error", r.address,
	sprintf("%s is a role of agents whose sessions last %v seconds", [r.address, r.change.after.max_session_duration]),
	"set max_session_duration to 3600 or less",
) if {
	some r in roles
	r.change.after.max_session_duration > 3600
	of_agents(r)
}

of_agents(r) if agent_role(r)

of_agents(r) if {
	some t in trusted
	t.role.address == r.address
	some _, keys in lib.members(t.statement.Condition)
	some _, values in lib.members(keys)
	some value in list_of(values)
	is_string(value)
	is_agent(value)
}

names_audience(statement) if {
	some test, keys in lib.members(statement.Condition)
	regex.match(`^(ForAnyValue:)?String(Equals|Like)$`, test)
	some key, values in lib.members(keys)
	regex.match(`:(sub|aud)$`, key)
	some value in list_of(values)
	is_string(value)
	not regex.match(`^[*?]*$`, value)
}

names_subject(statement) if {
	some test in ["StringEquals", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"]
	subjects := list_of(statement.Condition[test]["token.actions.githubusercontent.com:sub"])
	count(subjects) > 0
	every subject in subjects {
		is_string(subject)
		regex.match(`^repo:[^*/]+/`, subject)
	}
}

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

agent_role(r) if is_agent(text_of(r.change.after, "name"))

agent_role(r) if lower(text_of(tags_of(r.change), "Principal")) == "agent"

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
