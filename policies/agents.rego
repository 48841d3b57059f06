# Agents must not have their own access to production, and must not change what monitors them.
package headgate.agents

import data.headgate.iam
import data.headgate.lib
import rego.v1

# Managed resources that the plan changes in any way.
altered := [r |
	some action in ["create", "update", "delete", "forget"]
	some r in object.get(input.plan.by_action, action, [])
]

# Roles of agents, and policies attached to agents.
findings contains lib.finding(
	"agents.production_access", "critical", r.address,
	sprintf("%s gives an agent access to production", [r.address]),
	"remove this access; agents reach production only through an approved change and a permit",
) if {
	lib.production
	some r in lib.touched("aws_iam_role")
	iam.agent_role(r)
}

grants := {
	"aws_iam_role_policy": "role",
	"aws_iam_role_policy_attachment": "role",
	"aws_iam_user_policy": "user",
	"aws_iam_user_policy_attachment": "user",
}

findings contains lib.finding(
	"agents.production_access", "critical", r.address,
	sprintf("%s gives the agent %s permissions in production", [r.address, r.change.after[argument]]),
	"remove this access; agents reach production only through an approved change and a permit",
) if {
	lib.production
	some type, argument in grants
	some r in lib.touched(type)
	iam.is_agent(text_of(r.change.after, argument))
}

# Resources of the audit trail.
trail_types := {
	"aws_cloudtrail",
	"aws_cloudtrail_event_data_store",
	"aws_config_configuration_recorder",
	"aws_config_configuration_recorder_status",
	"aws_config_delivery_channel",
	"aws_guardduty_detector",
}

trail(r) if {
	r.type in trail_types
	is_object(r.change.before)
}

guarded contains {"resource": r.address, "rule": "agents.headgate_resources", "what": "part of Headgate"} if {
	some r in altered
	r.address in input.plan.ours
}

guarded contains {"resource": r.address, "rule": "agents.audit_trail", "what": "the audit trail"} if {
	some r in altered
	trail(r)
}

findings contains lib.finding(
	g.rule, "critical", g.resource,
	sprintf("%s is %s, which an agent must not change", [g.resource, g.what]),
	"ask an operator to propose this change",
) if {
	lib.by_agent
	some g in guarded
}

findings contains lib.finding(
	g.rule, "warning", g.resource,
	sprintf("%s is %s: an operator must approve the change", [g.resource, g.what]),
	"no fix needed; an operator must approve the change",
) if {
	not lib.by_agent
	some g in guarded
}

demands contains {"people": 1, "role": "operator", "why": g.rule} if some g in guarded

# Scopes ----------------------------------------------------------------------------------------------

# What agents may change, if `agent_scopes` of the settings says so. An agent that no scope names may change nothing then.
scopes := [s | some s in data.settings.agent_scopes; lib.listed(input.change.agent.id, s.agents)]

findings contains lib.finding(
	"agents.out_of_scope", "critical", r.address,
	sprintf("the agent %s is not registered for %s in %s", [input.change.agent.id, r.address, input.environment.name]),
	"propose a change without it, or ask the team to extend the agent's scope in `agent_scopes` of the settings",
) if {
	is_object(input.change.agent)
	count(data.settings.agent_scopes) > 0
	some r in altered
	not in_scope(r)
}

in_scope(r) if {
	some s in scopes
	among(input.environment.name, s.environments)
	among(r.type, s.types)
	among(r.address, s.addresses)
	every name in names(r) { among(name, s.names) }
}

# A list that is empty restricts nothing.
among(_, []) := true

among(value, allowed) if lib.listed(value, allowed)

# The names of a resource before and after the change. No scope lists a name that is only known after the apply.
names(r) := {name |
	argument := lib.name_of[r.type]
	some side in ["before", "after"]
	is_object(r.change[side])
	name := in_words(object.get(r.change[side], argument, null))
}

in_words(name) := name if is_string(name)

in_words(name) := "" if not is_string(name)
