# Thresholds, budgets, objectives and scaling limits are decisions that a person once made. A person must
# approve every change of them, in every environment.
package headgate.judgement

import data.headgate.lib
import rego.v1

# Attributes of existing resources. To change one of them, or to delete the resource, requires a person.
watched := {
	"judgement.alarm_threshold": {
		"aws_cloudwatch_metric_alarm": {
			"actions_enabled", "alarm_actions", "comparison_operator", "datapoints_to_alarm", "evaluation_periods",
			"metric_query", "period", "statistic", "threshold", "treat_missing_data",
		},
		"aws_cloudwatch_composite_alarm": {"actions_enabled", "alarm_actions", "alarm_rule"},
	},
	"judgement.budget": {
		"aws_budgets_budget": {"limit_amount", "limit_unit", "notification", "time_unit", "auto_adjust_data", "planned_limit"},
		"aws_ce_anomaly_subscription": {"frequency", "threshold_expression"},
	},
	"judgement.slo": {
		"aws_applicationsignals_service_level_objective": {"goal", "sli", "request_based_sli", "burn_rate_configurations"},
		"awscc_applicationsignals_service_level_objective": {"goal", "sli", "request_based_sli", "burn_rate_configurations"},
	},
	"judgement.scaling_limit": {
		"aws_appautoscaling_policy": {"step_scaling_policy_configuration", "target_tracking_scaling_policy_configuration"},
		"aws_appautoscaling_target": {"max_capacity", "min_capacity"},
		"aws_autoscaling_group": {"max_size", "min_size"},
		"aws_autoscaling_policy": {"scaling_adjustment", "target_tracking_configuration", "step_adjustment"},
		"aws_dynamodb_table": {"on_demand_throughput", "read_capacity", "write_capacity"},
		"aws_eks_node_group": {"scaling_config"},
		"aws_lambda_function": {"reserved_concurrent_executions"},
		"aws_lambda_provisioned_concurrency_config": {"provisioned_concurrent_executions"},
		"aws_rds_cluster": {"serverlessv2_scaling_configuration"},
	},
}

decisions contains {"rule": rule, "resource": r.address, "message": sprintf("%s changes %s from %s to %s", [r.address, attribute, shown(r.change.before, attribute), shown(r.change.after, attribute)])} if {
	some rule, types in watched
	some type, attributes in types
	some r in lib.moved(type)
	is_object(r.change.after)
	some attribute in attributes
	object.get(r.change.before, attribute, null) != object.get(r.change.after, attribute, null)
}

decisions contains {"rule": rule, "resource": r.address, "message": sprintf("%s is deleted", [r.address])} if {
	some rule, types in watched
	some type in object.keys(types) - limits_on_things
	some r in lib.moved(type)
	is_null(r.change.after)
}

# An agent must not choose by itself when people are told.
decisions contains {"rule": rule, "resource": r.address, "message": sprintf("%s is new, and its limit is an agent's choice", [r.address])} if {
	lib.by_agent
	some rule, types in watched
	rule != "judgement.scaling_limit"
	some type in object.keys(types)
	some r in lib.touched(type)
	"create" in r.change.actions
}

# Resources that also have another purpose. Deleting one of them is not a decision about its limit.
limits_on_things := {"aws_autoscaling_group", "aws_dynamodb_table", "aws_eks_node_group", "aws_lambda_function", "aws_rds_cluster"}

# Objectives in other resources (a parameter, an alarm, another tool's resource) are recognized by name.
decisions contains {"rule": "judgement.slo", "resource": r.address, "message": sprintf("%s changes an objective", [r.address])} if {
	some type in object.keys(input.plan.by_type)
	not type in object.keys(watched["judgement.slo"])
	some r in lib.moved(type)
	some name in names(r)
	regex.match(`(^|[^a-z])(slos?|service_level_objectives?)([^a-z]|$)`, lower(name))
}

names(r) := {r.type} | {name | some argument in ["name", "alarm_name", "identifier"]; name := text_of(r.change.before, argument)}

shown(values, attribute) := json.marshal(object.get(values, attribute, null))

findings contains lib.finding(
	d.rule, "warning", d.resource,
	sprintf("%s: a person must approve this", [d.message]),
	"no fix needed; a person must approve the change",
) if {
	some d in decisions
}

demands contains {"people": 1, "role": "", "why": d.rule} if some d in decisions
