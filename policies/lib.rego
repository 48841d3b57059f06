# Functions that all sections share. `input.plan.by_type` and `by_block` index the managed resource changes,
# so that rules do not have to search.
package headgate.lib

import rego.v1

finding(rule, severity, resource, message, fix) := {
	"rule": rule,
	"severity": severity,
	"resource": resource,
	"message": message,
	"fix": fix,
}

production if input.environment.class == "prod"

# All resources of a type that exist after the apply, changed or not.
present(type) := [r |
	some r in object.get(input.plan.by_type, type, [])
	is_object(r.change.after)
]

# Resources of a type that the plan creates, changes or imports. An imported resource is checked like a new one.
touched(type) := object.get(input.plan.touched, type, [])

# Existing resources of a type that the plan changes, replaces or deletes.
moved(type) := [r |
	some r in object.get(input.plan.by_type, type, [])
	is_object(r.change.before)
	some action in r.change.actions
	action in {"update", "delete"}
]

# The configuration of a resource. Undefined if it has none (deleted, or imported without configuration).
block(r) := input.plan.blocks[r.block]

# Whether the configuration sets an argument.
written(r, argument) if input.plan.blocks[r.block].references[argument]

# Whether the configuration sets an attribute to a value that is only known after the apply.
promised(r, attribute) if {
	r.change.after_unknown[attribute] == true
	written(r, attribute)
}

# Whether the values of an argument that are only known after the apply come from AWS resources of the configuration, such
# as their ARNs. Anything else can be any text that somebody chose, and that nobody sees before the apply: the output of
# `terraform_data`, a value behind a local, a data source that is read late, or a resource that carries data.
named_by_resources(r, argument) if {
	used := block(r).references[argument]
	count(used) > 0
	every address in graph.reachable(rests_on, used) {
		names_itself(address)
	}
}

# The blocks that each block refers to. A resource repeats what its arguments say, for example in its tags.
rests_on := {address: others |
	some address, b in input.plan.blocks
	others := {other | some references in b.references; some other in references}
}

names_itself(address) if {
	b := input.plan.blocks[address]
	b.mode == "managed"
	startswith(b.type, "aws_")
	not b.type in carriers
}

# Values that nobody chooses.
names_itself(address) if input.plan.blocks[address].type in generators

generators := {"random_id", "random_integer", "random_password", "random_string", "random_uuid", "time_rotating", "time_sleep", "time_static", "tls_private_key"}

# A data source that was read for this plan has no unknown values.
names_itself(address) if {
	input.plan.blocks[address].mode == "data"
	not input.plan.reads[address]
}

# The statements of a policy document are in the plan, and are judged there.
names_itself(address) if input.plan.blocks[address].type == "aws_iam_policy_document"

# Resources with attributes that repeat what somebody wrote or computed.
carriers := {
	"aws_cloudformation_stack",
	"aws_cloudformation_stack_set_instance",
	"aws_dynamodb_table_item",
	"aws_lambda_invocation",
	"aws_s3_object",
	"aws_secretsmanager_secret_version",
	"aws_servicecatalog_provisioned_product",
	"aws_ssm_parameter",
}

# Like `given`, but a value that is only known after the apply must come from a resource: any other may turn out to be null.
surely(r, attribute) if not is_empty(object.get(r.change.after, attribute, null))

surely(r, attribute) if {
	promised(r, attribute)
	named_by_resources(r, attribute)
}

# Whether an argument refers to resources of other types than these, which an expression may use to hide a value.
mixed(r, argument, types) if {
	some address in block(r).references[argument]
	not input.plan.blocks[address].type in types
}

# Whether the configuration gives an attribute a value that anybody could choose after the review.
hidden(r, attribute) if {
	part_unknown(r.change.after_unknown[attribute])
	written(r, attribute)
	not named_by_resources(r, attribute)
}

# In a dynamic block, which plans leave out of the configuration.
hidden(r, attribute) if {
	not written(r, attribute)
	some nested in list_of(object.get(r.change.after, attribute, null))
	is_object(nested)
	part_unknown(r.change.after_unknown[attribute])
}

# Whether an attribute has a value, or will have one from the configuration after the apply.
given(r, attribute) if {
	value := object.get(r.change.after, attribute, null)
	not is_empty(value)
}

given(r, attribute) if promised(r, attribute)

# Whether a setting is true in one of the nested blocks of an attribute.
on(r, attribute, setting) if {
	some nested in list_of(object.get(r.change.after, attribute, null))
	object.get(nested, setting, false) == true
}

# Resources of `type` whose `argument` refers to `r`, such as the versioning of a bucket.
companions(r, type, argument) := [] if {
	not input.plan.by_type[type]
} else := found if {
	found := [c |
		some use in block(r).used_by
		use.type == type
		use.argument == argument
		some c in object.get(input.plan.by_block, use.address, [])
		is_object(c.change.after)
		means(c, argument, r)
	]
	count(found) > 0
} else := by_name(r, type, argument)

# Those of the same provider that name it by the same text, without a reference. In large plans the search would take too long.
by_name(r, type, argument) := [c |
	count(input.plan.by_type[type]) < 50
	own := texts_of(r.change.after, names)
	some c in present(type)
	text_of(c.change.after, argument) in own
	object.get(block(c), "provider", null) == object.get(block(r), "provider", null)
]

# Whether an argument that refers to the block of `r` can mean this instance of it.
means(c, argument, r) if {
	same_instance(c, argument, r)
	not another_name(c, argument, r)
}

# The same, as far as the configuration says.
same_instance(c, argument, r) if {
	same_module(c, argument, r)
	not another_key(c, argument, r)
}

# A reference that stays in its module means an instance in the same instance of the module, and one that names an instance of
# a module means that one. Only if the expression has no other reference; otherwise it may mean any.
same_module(c, argument, r) if not block(c).near[argument][r.block]

same_module(c, _, r) if c.module == r.module

same_module(c, argument, r) if {
	call := block(c).near[argument][r.block].within
	inner := concat(".", [part | some part in [c.module, call]; part != ""])
	startswith(sprintf("%s.", [r.module]), sprintf("%s.", [inner]))
}

another_key(c, argument, r) if {
	block(c).near[argument][r.block] == "same"
	not r.key in {"", c.key}
}

another_key(c, argument, r) if r.key != block(c).near[argument][r.block].one

# A name that the plan contains says which one is meant.
another_name(c, argument, r) if {
	name := text_of(c.change.after, argument)
	own := texts_of(r.change.after, names)
	count(own) > 0
	parts := {name} | {part | some part in regex.split(`[/:]`, name)}
	count(own & parts) == 0
}

names := ["arn", "bucket", "function_name", "id", "name", "url"]

# The argument that holds the name of a resource. Resources whose names follow other rules (paths, DNS names,
# log groups named by a service) are left out.
name_of := {
	"aws_autoscaling_group": "name",
	"aws_budgets_budget": "name",
	"aws_cloudwatch_event_bus": "name",
	"aws_cloudwatch_event_rule": "name",
	"aws_cloudwatch_metric_alarm": "alarm_name",
	"aws_db_instance": "identifier",
	"aws_dynamodb_table": "name",
	"aws_ecr_repository": "name",
	"aws_ecs_cluster": "name",
	"aws_ecs_service": "name",
	"aws_ecs_task_definition": "family",
	"aws_eks_cluster": "name",
	"aws_elasticache_replication_group": "replication_group_id",
	"aws_iam_policy": "name",
	"aws_iam_role": "name",
	"aws_kinesis_stream": "name",
	"aws_lambda_function": "function_name",
	"aws_lb": "name",
	"aws_lb_target_group": "name",
	"aws_rds_cluster": "cluster_identifier",
	"aws_s3_bucket": "bucket",
	"aws_scheduler_schedule_group": "name",
	"aws_security_group": "name",
	"aws_sfn_state_machine": "name",
	"aws_sns_topic": "name",
	"aws_sqs_queue": "name",
}

# Whether a name is in a list of the settings, in which a `*` at the end stands for any suffix.
listed(name, allowed) if name in allowed

listed(name, allowed) if {
	some known in allowed
	endswith(known, "*")
	startswith(name, trim_suffix(known, "*"))
	not contains(name, "/../")
}

# Whether a module comes from a folder of this configuration.
is_path(source) if regex.match(`^\.\.?/`, source)

# The members of an object. Undefined for anything else, such as a condition that is null.
members(x) := x if is_object(x)

# Whether the proposer is an agent, according to the proposal or to a tag on the created resources.
by_agent if is_object(input.change.agent)

by_agent if {
	some r in object.get(input.plan.by_action, "create", [])
	tags_of(r.change).CreatedBy == "agent"
}
