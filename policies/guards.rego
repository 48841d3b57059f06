# The proposal as a whole: lane, evidence, blast radius, rollback, cost and standing. An offline review has no
# dossier, so only the rules that do not need it apply.
package headgate.guards

import data.headgate.lib
import rego.v1

dossier := input.dossier if is_object(input.dossier)

destructive if input.plan.summary.delete + input.plan.summary.replace > 0

total := ((input.plan.summary.create + input.plan.summary.update) + input.plan.summary.replace) + input.plan.summary.delete

words(text) := [w | some w in regex.split(`\s+`, trim_space(text)); w != ""]

findings contains lib.finding(
	"guards.account_region", "critical", "dossier",
	sprintf("the change has a different account or region than the environment %s", [input.environment.name]),
	"propose the change for the environment with that account and region",
) if {
	some key in ["account", "region"]
	is_string(input.change[key])
	is_string(input.environment[key])
	input.change[key] != input.environment[key]
}

# With an assumed role, a provider can change a different account than the one in the permit and in the
# executor's credentials.
findings contains lib.finding(
	"guards.provider_account", "critical", p.address,
	sprintf("%s assumes a role in account %s, but the account of %s is %s", [p.address, account, input.environment.name, input.environment.account]),
	"assume a role in the environment's account, or propose the change for the environment with that account",
) if {
	some p in input.plan.config.providers
	some argument in ["assume_role", "assume_role_with_web_identity"]
	some block in list_of(p.settings[argument])
	account := regex.find_n(`[0-9]{12}`, text_of(block, "role_arn"), 1)[0]
	account != input.environment.account
	is_string(input.environment.account)
}

findings contains lib.finding(
	"guards.lane", "error", "lane",
	sprintf("the read_only lane does not allow changes, but the plan has %v", [total]),
	"propose the change in the execute lane",
) if {
	input.change.lane == "read_only"
	total > 0
}

findings contains lib.finding(
	"guards.dry_run", "error", "lane",
	sprintf("%s is production, where nothing is tried out", [input.environment.name]),
	"propose the dry run for staging, or for an environment that lives as long as the test",
) if {
	input.change.lane == "dry_run"
	lib.production
}

ranks := {"read_only": 0, "dry_run": 1, "execute": 2}

findings contains lib.finding(
	"guards.standing", "error", "lane",
	sprintf("%s has earned the lane %s, but the change requests the lane %s", [input.change.agent.id, input.standing.lane_ceiling, input.change.lane]),
	"propose the change in a lower lane, or ask a person to propose it",
) if {
	ranks[input.change.lane] > ranks[input.standing.lane_ceiling]
}

# Attachments that do not count as evidence: the plan file, the list of local files and the cost estimate.
not_evidence := {plan_file, "application/vnd.headgate.files+json", "application/vnd.headgate.values+json", "application/vnd.infracost+json"}

findings contains lib.finding(
	"guards.evidence", "error", "dossier.evidence",
	"the execute lane requires evidence, but none is attached",
	"attach a test report or the output of a dry run",
) if {
	input.change.lane == "execute"
	every e in dossier.evidence { e.media_type in not_evidence }
}

plan_file := "application/vnd.terraform.plan"

# The JSON of a plan leaves out parts of what Terraform evaluates, and which state it changes. Only the plan file has everything.
findings contains lib.finding(
	"guards.plan_file", "error", "dossier.evidence",
	sprintf("the execute lane requires the plan file, but the dossier has %v", [count(files)]),
	"propose the change with the file that `terraform plan -out` wrote: headgate change submit --plan-file PLANFILE",
) if {
	input.change.lane == "execute"
	dossier
	files := [e | some e in dossier.evidence; e.media_type == plan_file]
	count(files) != 1
}

findings contains lib.finding(
	"guards.local_file", "error", file.address,
	sprintf("`%s` is the local file %s, whose content the dossier does not name", [file.attribute, file.path]),
	"propose the change from the folder that contains the file (headgate change submit --root DIR), or store the file in S3 and refer to it there",
) if {
	input.change.lane == "execute"
	dossier
	some file in input.plan.local_files
	not file.named
}

findings contains lib.finding(
	"guards.blast_radius", "error", "dossier.blast_radius",
	"the blast radius is not described",
	"describe in one sentence what breaks, and for whom, if the change goes wrong",
) if {
	count(words(dossier.blast_radius)) < 3
}

# Whether the blast radius mentions deletion or replacement.
owned_up if regex.match(`delet|destro|replac|remov|recreat|drop`, lower(dossier.blast_radius))

findings contains lib.finding(
	"guards.blast_radius_destruction", "error", "dossier.blast_radius",
	sprintf(
		"the plan replaces %v and deletes %v resources, but the blast radius does not mention it",
		[input.plan.summary.replace, input.plan.summary.delete],
	),
	"state what is deleted or replaced, and what data is lost",
) if {
	destructive
	count(words(dossier.blast_radius)) >= 3
	not owned_up
}

alarming := ["irreversible", "data loss", "all customers", "outage", "downtime", "unknown"]

findings contains lib.finding(
	"guards.blast_radius_alarm", "warning", "dossier.blast_radius",
	sprintf("the blast radius contains \"%s\"", [word]),
	"read the blast radius before you decide",
) if {
	some word in alarming
	contains(lower(dossier.blast_radius), word)
}

findings contains lib.finding(
	"guards.rollback", "error", "dossier.rollback",
	"the dossier describes no rollback",
	"describe the command or the steps that undo the change",
) if {
	count(words(dossier.rollback)) < 2
}

# Cost ------------------------------------------------------------------------------------------------

# The cost that the dossier declares, and the estimate that a tool (Infracost) made from the plan.
declared := dossier.monthly_cost_delta_cents

estimated := input.cost.estimated_cents

costs := [c | some c in [object.get(input, ["dossier", "monthly_cost_delta_cents"], null), object.get(input, ["cost", "estimated_cents"], null)]; is_number(c)]

findings contains lib.finding(
	"guards.cost_unknown", "error", "dossier.monthly_cost_delta_cents",
	"the dossier gives no monthly cost, and there is no estimate",
	"estimate the monthly cost (0 is allowed), or attach the JSON output of `infracost diff`",
) if {
	dossier
	count(costs) == 0
}

findings contains lib.finding(
	"guards.cost_limit", "error", "dossier.monthly_cost_delta_cents",
	sprintf(
		"the monthly cost increase of %v cents exceeds the limit of %v cents for %s",
		[max(costs), input.environment.monthly_cost_limit_cents, input.environment.name],
	),
	"reduce the cost, or ask to raise the limit of the environment",
) if {
	max(costs) > input.environment.monthly_cost_limit_cents
}

# A difference of up to 10 % or one dollar, whichever is larger, can come from rounding and price changes.
findings contains lib.finding(
	"guards.cost_claim", "error", "dossier.monthly_cost_delta_cents",
	sprintf("the dossier declares %v cents a month, but the estimate is %v cents", [declared, estimated]),
	"declare the estimated cost, or correct the estimate and attach it again",
) if {
	is_number(declared)
	is_number(estimated)
	abs(estimated - declared) > max([100, abs(declared) / 10])
}

# Evidence --------------------------------------------------------------------------------------------

# The rest is searched for secrets and for instructions to reviewers.
findings contains lib.finding(
	"guards.evidence_unsearched", "warning", sprintf("evidence %s", [substring(digest, 0, 16)]),
	"this evidence is too large to be searched for secrets and for instructions to reviewers",
	"read it with care, or ask for pieces of at most 4 MiB",
) if {
	some digest in input.unread_evidence
}

demands contains {"people": 1, "role": "", "why": "guards.evidence_unsearched"} if some _ in input.unread_evidence

# State -----------------------------------------------------------------------------------------------

# Where production keeps its state, as the plan file says. A state that is only on one machine is lost with it, and two applies that
# write one without a lock damage it.
findings contains lib.finding(
	"guards.state_local", "error", "state",
	"the state is in a file of the machine that planned",
	"use a remote backend, such as s3 with use_lockfile = true",
) if {
	lib.production
	input.state.backend == "local"
}

findings contains lib.finding(
	"guards.state_lock", "error", "state",
	sprintf("the state in the bucket %s has no lock", [object.get(input.state.place, "bucket", "(unknown)")]),
	"set use_lockfile = true (or dynamodb_table, before Terraform 1.10) in the backend, and plan again",
) if {
	lib.production
	input.state.backend == "s3"
	not input.state.place.use_lockfile
	not input.state.place.dynamodb_table
}

findings contains lib.finding(
	"guards.state_name", "warning", "state",
	sprintf("the state is in the bucket %s, whose name does not follow {project}-{env}-tfstate", [bucket]),
	sprintf("use a bucket such as orders-%s-tfstate", [input.environment.name]),
) if {
	lib.production
	input.state.backend == "s3"
	bucket := input.state.place.bucket
	not endswith(bucket, sprintf("-%s-tfstate", [input.environment.name]))
}

# When ------------------------------------------------------------------------------------------------

findings contains lib.finding(
	"guards.freeze", "warning", "environment",
	sprintf("%s is frozen until %s: %s", [input.environment.name, input.environment.freeze.until, input.environment.freeze.reason]),
	"the change can be approved now and applied after the freeze ends",
) if {
	input.change.lane == "execute"
	is_object(input.environment.freeze)
}
