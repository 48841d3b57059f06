# The proposal as a whole: lane, evidence, blast radius, way back, cost, standing. There is no dossier in
# an offline review; then only what is known is judged.
package headgate.guards

import data.headgate.lib
import rego.v1

dossier := input.dossier if is_object(input.dossier)

destructive if input.plan.summary.delete + input.plan.summary.replace > 0

total := ((input.plan.summary.create + input.plan.summary.update) + input.plan.summary.replace) + input.plan.summary.delete

words(text) := [w | some w in regex.split(`\s+`, trim_space(text)); w != ""]

findings contains lib.finding(
	"guards.account_region", "critical", "dossier",
	sprintf("the change is for another account or region than %s", [input.environment.name]),
	"propose it for the environment that it is meant for",
) if {
	some key in ["account", "region"]
	is_string(input.change[key])
	is_string(input.environment[key])
	input.change[key] != input.environment[key]
}

# A provider may change another account than the one that the permit is for and that the executor's own
# credentials belong to.
findings contains lib.finding(
	"guards.provider_account", "critical", p.address,
	sprintf("%s works in account %s, and %s is account %s", [p.address, account, input.environment.name, input.environment.account]),
	"assume a role of the environment's own account, or propose it for the environment that it is meant for",
) if {
	some p in input.plan.config.providers
	some argument in ["assume_role", "assume_role_with_web_identity"]
	some block in p.settings[argument]
	account := regex.find_n(`[0-9]{12}`, lib.text(block, "role_arn"), 1)[0]
	account != input.environment.account
	is_string(input.environment.account)
}

findings contains lib.finding(
	"guards.lane", "error", "lane",
	sprintf("the read_only lane cannot carry %v changes", [total]),
	"propose it in the execute lane",
) if {
	input.change.lane == "read_only"
	total > 0
}

ranks := {"read_only": 0, "dry_run": 1, "execute": 2}

findings contains lib.finding(
	"guards.standing", "error", "lane",
	sprintf("%s has earned the lane %s, not %s", [input.change.agent.id, input.standing.lane_ceiling, input.change.lane]),
	"propose it in a lower lane, or let a person propose it",
) if {
	ranks[input.change.lane] > ranks[input.standing.lane_ceiling]
}

# What belongs to the proposal and shows nothing: the plan file and its price.
not_evidence := {"application/vnd.terraform.plan", "application/vnd.infracost+json"}

findings contains lib.finding(
	"guards.evidence", "error", "dossier.evidence",
	"the execute lane needs evidence and none is attached",
	"attach a test report or the output of a dry run",
) if {
	input.change.lane == "execute"
	every e in dossier.evidence { e.media_type in not_evidence }
}

findings contains lib.finding(
	"guards.blast_radius", "error", "dossier.blast_radius",
	"the blast radius is not described",
	"say in a sentence what breaks, and for whom, if this goes wrong",
) if {
	count(words(dossier.blast_radius)) < 3
}

# Words that own up to destruction.
owned_up if regex.match(`delet|destro|replac|remov|recreat|drop`, lower(dossier.blast_radius))

findings contains lib.finding(
	"guards.blast_radius_destruction", "error", "dossier.blast_radius",
	sprintf(
		"the plan replaces %v and deletes %v resources, which the blast radius does not say",
		[input.plan.summary.replace, input.plan.summary.delete],
	),
	"name what is deleted or replaced, and what is lost with it",
) if {
	destructive
	count(words(dossier.blast_radius)) >= 3
	not owned_up
}

alarming := ["irreversible", "data loss", "all customers", "outage", "downtime", "unknown"]

findings contains lib.finding(
	"guards.blast_radius_alarm", "warning", "dossier.blast_radius",
	sprintf("the proposer writes of \"%s\"", [word]),
	"read the blast radius before you decide",
) if {
	some word in alarming
	contains(lower(dossier.blast_radius), word)
}

findings contains lib.finding(
	"guards.rollback", "error", "dossier.rollback",
	"no way back is given",
	"write the command or the steps that undo the change",
) if {
	count(words(dossier.rollback)) < 2
}

# Cost ------------------------------------------------------------------------------------------------

# What is claimed, and what a tool made of the plan (Infracost).
declared := dossier.monthly_cost_delta_cents

estimated := input.cost.estimated_cents

costs := [c | some c in [object.get(input, ["dossier", "monthly_cost_delta_cents"], null), object.get(input, ["cost", "estimated_cents"], null)]; is_number(c)]

findings contains lib.finding(
	"guards.cost_unknown", "error", "dossier.monthly_cost_delta_cents",
	"the monthly cost is not given",
	"estimate it, or attach the JSON of `infracost diff`; 0 is an answer",
) if {
	dossier
	count(costs) == 0
}

findings contains lib.finding(
	"guards.cost_limit", "error", "dossier.monthly_cost_delta_cents",
	sprintf(
		"%v cents a month is over the limit of %v for %s",
		[max(costs), input.environment.monthly_cost_limit_cents, input.environment.name],
	),
	"make it cheaper, or have the limit of the environment raised",
) if {
	max(costs) > input.environment.monthly_cost_limit_cents
}

# A tenth and a dollar apart is a matter of rounding and of prices; more is another claim.
findings contains lib.finding(
	"guards.cost_claim", "error", "dossier.monthly_cost_delta_cents",
	sprintf("%v cents a month are claimed, and the estimate is %v", [declared, estimated]),
	"claim what the estimate says, or say in the dossier what the estimate leaves out",
) if {
	is_number(declared)
	is_number(estimated)
	abs(estimated - declared) > max([100, abs(declared) / 10])
}

# When ------------------------------------------------------------------------------------------------

findings contains lib.finding(
	"guards.freeze", "warning", "environment",
	sprintf("%s is frozen until %s: %s", [input.environment.name, input.environment.freeze.until, input.environment.freeze.reason]),
	"it can be approved now and applied when the freeze ends",
) if {
	input.change.lane == "execute"
	is_object(input.environment.freeze)
}
