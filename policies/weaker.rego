# What a change turns off, shortens, narrows or takes away in something that records, protects or limits. By type and path.
package headgate.guardrails

import data.headgate.iam
import data.headgate.lib
import rego.v1

# Values before and after the change, without null. A value that is only known after the apply does not count, because nobody sees that it stays.
known_before(r, path) := values(places({"after": r.change.before, "after_unknown": {}}, split(path, ".")))

known_after(r, path) := values(places(r.change, split(path, ".")))

values(all) := {place.value | some place in all; not is_empty(place.value)}

# {r, path} of each path of a table in an existing resource that the change updates.
watched(table) := [{"r": r, "path": path} |
	some type, paths in table
	some r in lib.moved(type)
	is_object(r.change.after)
	some path in paths
]

on := {
	"aws_cloudwatch_log_anomaly_detector": ["enabled"],
	"aws_codedeploy_deployment_group": ["auto_rollback_configuration.enabled", "alarm_configuration.enabled"],
	"aws_config_remediation_configuration": ["automatic"],
	"aws_db_instance": ["performance_insights_enabled"],
	"aws_guardduty_detector": ["datasources.s3_logs.enable", "datasources.kubernetes.audit_logs.enable", "datasources.malware_protection.scan_ec2_instance_with_findings.ebs_volumes.enable"],
	"aws_lb": ["access_logs.enabled", "connection_logs.enabled"],
}

# Logs with several destinations, of which one is enough.
weakened contains {"resource": r.address, "how": "writes its logs nowhere any more"} if {
	some r in lib.moved("aws_msk_cluster")
	is_object(r.change.after)
	paths := [sprintf("logging_info.broker_logs.%s.enabled", [to]) | some to in ["cloudwatch_logs", "firehose", "s3"]]
	some before in paths
	true in known_before(r, before)
	every after in paths { not true in known_after(r, after) }
}

weakened contains {"resource": w.r.address, "how": sprintf("has %s on before, and not after", [w.path])} if {
	some w in watched(on)
	true in known_before(w.r, w.path)
	not true in known_after(w.r, w.path)
}

fewer := {
	"aws_backup_vault_notifications": ["backup_vault_events"],
	"aws_codepipeline": ["stage.action.category"],
	"aws_db_instance": ["enabled_cloudwatch_logs_exports"],
	"aws_docdb_cluster": ["enabled_cloudwatch_logs_exports"],
	"aws_eks_cluster": ["enabled_cluster_log_types"],
	"aws_guardduty_detector_feature": ["additional_configuration.status"],
	"aws_iam_organizations_features": ["enabled_features"],
	"aws_inspector2_enabler": ["resource_types"],
	"aws_neptune_cluster": ["enable_cloudwatch_logs_exports"],
	"aws_networkfirewall_logging_configuration": ["logging_configuration.log_destination_config.log_type"],
	"aws_oam_link": ["resource_types"],
	"aws_organizations_organization": ["aws_service_access_principals", "enabled_policy_types"],
	"aws_rds_cluster": ["enabled_cloudwatch_logs_exports"],
}

weakened contains {"resource": w.r.address, "how": sprintf("no longer has %s in %s", [concat(", ", sort([sprintf("%v", [x]) | some x in lost])), w.path])} if {
	some w in watched(fewer)
	lost := (known_before(w.r, w.path) - known_after(w.r, w.path)) - {"DISABLED"}
	count(lost) > 0
}

# Numbers that keep something longer if they are larger.
shorter := {
	"aws_backup_plan": ["rule.lifecycle.delete_after"],
	"aws_backup_vault_lock_configuration": ["min_retention_days"],
	"aws_cloudtrail_event_data_store": ["retention_period"],
	"aws_cloudwatch_event_archive": ["retention_days"],
	"aws_dynamodb_table": ["point_in_time_recovery.recovery_period_in_days"],
	"aws_kinesis_stream": ["retention_period"],
	"aws_rbin_rule": ["retention_period.retention_period_value"],
	"aws_s3_bucket_object_lock_configuration": ["rule.default_retention.days", "rule.default_retention.years"],
	"aws_sqs_queue": ["message_retention_seconds"],
}

weakened contains {"resource": w.r.address, "how": sprintf("reduces %s from %v to %v", [w.path, was, is])} if {
	some w in watched(shorter)
	was := min(known_before(w.r, w.path))
	is := min(known_after(w.r, w.path))
	is < was
	# 0 stands for ever.
	is > 0
}

gone_with := {
	"aws_api_gateway_stage": ["access_log_settings.destination_arn"],
	"aws_apigatewayv2_stage": ["access_log_settings.destination_arn"],
	"aws_backup_plan": ["rule.copy_action.destination_vault_arn"],
	"aws_cloudfront_distribution": ["logging_config.bucket", "web_acl_id"],
	"aws_s3_bucket_object_lock_configuration": ["rule.default_retention.mode"],
	"aws_cloudwatch_log_data_protection_policy": ["policy_document"],
}

weakened contains {"resource": w.r.address, "how": sprintf("has no %s any more", [w.path])} if {
	some w in watched(gone_with)
	count(known_before(w.r, w.path)) > 0
	count(known_after(w.r, w.path)) == 0
}

# Where records go, and what a guardrail is attached to.
destinations := {
	"aws_cloudtrail": ["s3_bucket_name"],
	"aws_config_delivery_channel": ["s3_bucket_name"],
	"aws_organizations_policy_attachment": ["target_id"],
}

weakened contains {"resource": w.r.address, "how": sprintf("changes %s", [w.path])} if {
	some w in watched(destinations)
	some was in known_before(w.r, w.path)
	some is in known_after(w.r, w.path)
	split(was, "-")[0] != split(is, "-")[0]
}

# A rule for events that works before and not after.
weakened contains {"resource": r.address, "how": "is disabled"} if {
	some r in lib.moved("aws_cloudwatch_event_rule")
	text_of(r.change.before, "state") != "DISABLED"
	text_of(r.change.after, "state") == "DISABLED"
}

# A group of rules of a firewall that only counts.
weakened contains {"resource": r.address, "how": "counts requests that it blocked before"} if {
	some r in lib.moved("aws_wafv2_web_acl")
	is_object(r.change.after)
	some action in ["rule.override_action.count", "rule.action.count"]
	count(object.get(r.change.before, "rule", [])) == count(object.get(r.change.after, "rule", []))
	counting(r.change.after, action) > counting(r.change.before, action)
}

counting(values, path) := count([rule |
	some rule in list_of(object.get(values, "rule", null))
	some place in places({"after": {"rule": rule}, "after_unknown": {}}, split(path, "."))
	not is_null(place.value)
	is_object(place.value)
])

# Policies that deny, of an organization or a vault.
denials := {"aws_backup_vault_policy": "policy", "aws_glacier_vault_lock": "policy", "aws_organizations_policy": "content"}

weakened contains {"resource": r.address, "how": sprintf("no longer denies %s", [concat(", ", sort(iam.actions(s)))])} if {
	some type, argument in denials
	some r in lib.moved(type)
	is_object(r.change.after)
	some s in iam.parsed(r.change.before[argument])
	s.Effect == "Deny"
	not iam.said_before([without_exceptions(new) | some new in iam.parsed(r.change.after[argument]); new.Effect == "Deny"], without_exceptions(s))
}

# A denial for all but some principals denies nearly as much.
without_exceptions(statement) := object.remove(statement, ["Condition"]) if only_exceptions(statement)

without_exceptions(statement) := statement if not only_exceptions(statement)

only_exceptions(statement) if {
	tests := lib.members(statement.Condition)
	not never(statement)
	every test, keys in tests {
		is_object(keys)
		every key in object.keys(keys) { exception(lower(test), lower(key)) }
	}
}

exception(test, key) if {
	regex.match(`^(string|arn)not(equals|like)(ifexists)?$`, test)
	key in {"aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"}
}

exception("boolifexists", "aws:principalisawsservice") := true

# A denial that lets everybody pass, or ends by itself.
weakened contains {"resource": r.address, "how": sprintf("denies %s only under a condition that never holds", [concat(", ", sort(iam.actions(s)))])} if {
	some type, argument in denials
	some r in lib.touched(type)
	some s in iam.parsed(r.change.after[argument])
	s.Effect == "Deny"
	never(s)
}

never(statement) if {
	some test, keys in lib.members(statement.Condition)
	regex.match(`not(equals|like)`, lower(test))
	some key, listed in lib.members(keys)
	startswith(lower(key), "aws:principal")
	some value in list_of(listed)
	is_string(value)
	regex.match(`^[*?:]+$|^arn:[^:]*:[^:]*:[^:]*:[*?]*:[*?]+$|^o-[*?]`, value)
}

never(statement) if {
	some test in object.keys(lib.members(statement.Condition))
	startswith(lower(test), "dateless")
}

# Filters that hide findings by nothing but their severity or kind hide those that matter.
suppressors := {
	"aws_accessanalyzer_archive_rule": ["filter.criteria"],
	"aws_guardduty_filter": ["finding_criteria.criterion.field"],
	"aws_inspector2_filter": [],
	"aws_macie2_findings_filter": ["finding_criteria.criterion.field"],
}

general := {"criticality", "isPublic", "severity", "severity.description", "severity.score", "service.archived", "updatedAt"}

weakened contains {"resource": r.address, "how": "hides findings by nothing but their severity"} if {
	some type, paths in suppressors
	some r in lib.touched(type)
	object.get(r.change.after, "action", "ARCHIVE") in {"ARCHIVE", "SUPPRESS"}
	some path in paths
	every field in known_after(r, path) { field in general }
}

weakened contains {"resource": r.address, "how": "hides findings by nothing but their severity"} if {
	some r in lib.touched("aws_inspector2_filter")
	r.change.after.action == "SUPPRESS"
	some criteria in list_of(r.change.after.filter_criteria)
	used := {name | some name, value in criteria; not is_empty(value)}
	count(used - {"severity", "inspector_score"}) == 0
}

# A trail that records only what reads.
weakened contains {"resource": r.address, "how": "records only requests that change nothing"} if {
	some type in ["aws_cloudtrail", "aws_cloudtrail_event_data_store"]
	some r in lib.touched(type)
	management := [selector |
		some selector in list_of(object.get(r.change.after, "advanced_event_selector", null))
		has_field(selector, "eventCategory", "Management")
	]
	count(management) > 0
	every selector in management { has_field(selector, "readOnly", "true") }
}

has_field(selector, name, value) if {
	some field in selector.field_selector
	field.field == name
	value in list_of(field.equals)
}

weakened contains {"resource": r.address, "how": "leaves out what happens to some resources or services"} if {
	some type in ["aws_cloudtrail", "aws_cloudtrail_event_data_store"]
	some r in lib.touched(type)
	some selector in list_of(object.get(r.change.after, "advanced_event_selector", null))
	narrows(selector)
}

weakened contains {"resource": r.address, "how": "records only requests that change nothing"} if {
	some r in lib.touched("aws_cloudtrail")
	some selector in list_of(object.get(r.change.after, "event_selector", null))
	object.get(selector, "read_write_type", null) == "ReadOnly"
}

# The bucket of a trail writes an entry for each entry, so AWS recommends to leave it out.
narrows(selector) if {
	some field in selector.field_selector
	field.field == "resources.ARN"
	some test in ["not_equals", "not_starts_with", "not_ends_with"]
	some value in list_of(object.get(field, test, null))
	not regex.match(`audit|log|trail`, value)
}

narrows(selector) if {
	some field in selector.field_selector
	field.field == "eventSource"
	has_field(selector, "eventCategory", "Management")
	not is_empty(object.get(field, "equals", null))
}

# Logs that are deleted before anybody needs them.
weakened contains {"resource": r.address, "how": "deletes logs after a few days"} if {
	some r in lib.touched("aws_s3_bucket_lifecycle_configuration")
	regex.match(`(^|[^a-z])(audit|cloudtrail|trail|logs?)([^a-z]|$)`, text_of(r.change.after, "bucket"))
	some path in ["rule.expiration.days", "rule.noncurrent_version_expiration.noncurrent_days"]
	some days in known_after(r, path)
	days > 0
	days < 30
	not max(known_after(r, "rule.expiration.days")) >= 30
}

# A bucket that logs into itself grows for ever, and who may write to it may change its logs.
weakened contains {"resource": r.address, "how": "logs into the bucket that it is about"} if {
	some r in lib.touched("aws_s3_bucket_logging")
	text_of(r.change.after, "bucket") == text_of(r.change.after, "target_bucket")
}

# Exceptions from EMR's block for more than single ports.
weakened contains {"resource": r.address, "how": sprintf("lets clusters open the ports %v to %v", [range.min_range, range.max_range])} if {
	some r in lib.touched("aws_emr_block_public_access_configuration")
	some range in list_of(object.get(r.change.after, "permitted_public_security_group_rule_range", null))
	is_number(range.max_range)
	is_number(range.min_range)
	range.max_range - range.min_range > 10
}
