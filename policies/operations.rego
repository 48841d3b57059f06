# What a resource needs so that people notice its trouble, and do not pay for what nobody uses.
package headgate.profile

import data.headgate.lib
import rego.v1

# Alarms ----------------------------------------------------------------------------------------------

# Types that are watched in production, and a metric of AWS that tells their trouble.
metrics := {
	"aws_alb": "HTTPCode_Target_5XX_Count",
	"aws_db_instance": "CPUUtilization and FreeStorageSpace",
	"aws_ecs_service": "CPUUtilization and MemoryUtilization",
	"aws_elasticache_replication_group": "EngineCPUUtilization and DatabaseMemoryUsagePercentage",
	"aws_lb": "HTTPCode_Target_5XX_Count",
	"aws_opensearch_domain": "FreeStorageSpace and ClusterStatus.red",
	"aws_rds_cluster": "CPUUtilization",
}

findings contains lib.finding(
	"profile.alarm", "warning", r.address,
	sprintf("%s has no alarm in this plan", [r.address]),
	sprintf("add an aws_cloudwatch_metric_alarm, for example for %s", [metric]),
) if {
	lib.production
	some type, metric in metrics
	some r in created(type)
	not watched_by_alarm(r)
}

watched_by_alarm(r) if {
	some use in lib.block(r).used_by
	use.type == "aws_cloudwatch_metric_alarm"
}

# By its name, or in the same module through a local.
watched_by_alarm(r) if {
	own := texts_of(r.change.after, identifiers)
	some alarm in lib.present("aws_cloudwatch_metric_alarm")
	some dimension in lib.members(alarm.change.after.dimensions)
	dimension in own
}

watched_by_alarm(r) if behind_local(r, "aws_cloudwatch_metric_alarm", "dimensions")

identifiers := ["arn_suffix", "cluster_identifier", "domain_name", "identifier", "name", "replication_group_id"]

# Schedules -------------------------------------------------------------------------------------------

# Types that cost money while they wait.
billed_by_hour := {"aws_autoscaling_group", "aws_db_instance", "aws_ecs_service", "aws_eks_node_group", "aws_instance", "aws_rds_cluster"}

schedules := {"aws_appautoscaling_scheduled_action", "aws_autoscaling_schedule", "aws_scheduler_schedule"}

findings contains lib.finding(
	"profile.schedule", "warning", r.address,
	sprintf("%s runs at night and at weekends, although %s is not production", [r.address, input.environment.name]),
	"add a schedule (aws_autoscaling_schedule, aws_appautoscaling_scheduled_action or aws_scheduler_schedule) that stops it",
) if {
	input.environment.class in {"dev", "sit", "staging"}
	not scheduled
	some type in billed_by_hour
	some r in created(type)
}

scheduled if {
	some type in schedules
	count(lib.present(type)) > 0
}

# Lifecycle -------------------------------------------------------------------------------------------

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s keeps every object and every version for ever", [r.address]),
	"add an aws_s3_bucket_lifecycle_configuration",
) if {
	lib.production
	some r in created("aws_s3_bucket")
	count(lib.companions(r, "aws_s3_bucket_lifecycle_configuration", "bucket")) == 0
	is_empty(object.get(r.change.after, "lifecycle_rule", null))
}
