# Guardrails that a change switches off or weakens: what records, detects, keeps and limits.
package headgate.guardrails

import data.headgate.lib
import rego.v1

severity := "error" if lib.production

severity := "warning" if not lib.production

# Resources that protect by being there.
protectors := {
	"aws_accessanalyzer_analyzer", "aws_backup_plan", "aws_backup_selection", "aws_backup_vault_lock_configuration",
	"aws_backup_vault_policy", "aws_cloudtrail", "aws_cloudtrail_event_data_store", "aws_config_config_rule",
	"aws_config_configuration_recorder", "aws_config_configuration_recorder_status", "aws_config_conformance_pack",
	"aws_config_delivery_channel", "aws_config_organization_conformance_pack", "aws_config_organization_managed_rule",
	"aws_detective_graph", "aws_ebs_encryption_by_default", "aws_ebs_snapshot_block_public_access",
	"aws_ec2_image_block_public_access", "aws_ec2_instance_metadata_defaults", "aws_emr_block_public_access_configuration",
	"aws_flow_log", "aws_fms_policy", "aws_guardduty_detector", "aws_guardduty_detector_feature",
	"aws_guardduty_member", "aws_guardduty_organization_configuration", "aws_iam_account_password_policy",
	"aws_inspector2_enabler", "aws_inspector2_organization_configuration", "aws_macie2_account",
	"aws_networkfirewall_firewall", "aws_networkfirewall_logging_configuration", "aws_organizations_policy",
	"aws_organizations_policy_attachment", "aws_route53_query_log", "aws_route53_resolver_firewall_rule_group_association",
	"aws_route53_resolver_query_log_config", "aws_route53_resolver_query_log_config_association",
	"aws_s3_account_public_access_block", "aws_s3_bucket_logging", "aws_s3_bucket_object_lock_configuration",
	"aws_s3_bucket_public_access_block", "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning",
	"aws_securityhub_account", "aws_securityhub_member", "aws_securityhub_organization_configuration",
	"aws_securityhub_standards_subscription", "aws_shield_protection", "aws_ssoadmin_permissions_boundary_attachment",
	"aws_wafv2_web_acl", "aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration",
}

weakened contains {"resource": r.address, "how": "is deleted"} if {
	some type in protectors
	some r in object.get(input.plan.by_type, type, [])
	gone(r)
	not with_its_resource(r)
}

gone(r) if {
	"delete" in r.change.actions
	not "create" in r.change.actions
}

# Terraform no longer keeps it, and anybody can change it.
gone(r) if "forget" in r.change.actions

# A public access block that is deleted together with its bucket protects nothing.
with_its_resource(r) if {
	some argument in ["bucket", "resource_arn", "vpc_id", "resource_id"]
	name := text_of(r.change.before, argument)
	some type in ["aws_s3_bucket", "aws_lb", "aws_alb", "aws_vpc", "aws_api_gateway_stage", "aws_cloudfront_distribution"]
	some other in object.get(input.plan.by_type, type, [])
	other.change.actions == ["delete"]
	some identity in ["arn", "bucket", "id"]
	text_of(other.change.before, identity) == name
}

# Switches that are on before and not on after the change.
switches := {
	"aws_cloudtrail": {"enable_log_file_validation", "enable_logging", "include_global_service_events", "is_multi_region_trail", "is_organization_trail"},
	"aws_config_configuration_recorder_status": {"is_enabled"},
	"aws_db_instance": {"deletion_protection", "multi_az", "storage_encrypted", "iam_database_authentication_enabled"},
	"aws_docdb_cluster": {"deletion_protection", "storage_encrypted"},
	"aws_dynamodb_table": {"deletion_protection_enabled"},
	"aws_ebs_encryption_by_default": {"enabled"},
	"aws_guardduty_detector": {"enable"},
	"aws_kms_key": {"enable_key_rotation", "is_enabled"},
	"aws_lb": {"drop_invalid_header_fields", "enable_deletion_protection"},
	"aws_neptune_cluster": {"deletion_protection", "storage_encrypted"},
	"aws_rds_cluster": {"deletion_protection", "storage_encrypted", "iam_database_authentication_enabled"},
	"aws_s3_account_public_access_block": {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"},
	"aws_s3_bucket_public_access_block": {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"},
}

weakened contains {"resource": r.address, "how": sprintf("has %s on before, and not after", [attribute])} if {
	some type, attributes in switches
	some r in lib.moved(type)
	is_object(r.change.after)
	some attribute in attributes
	r.change.before[attribute] == true
	not r.change.after[attribute] == true
}

# Numbers that only become larger. A log group with 0 days keeps everything.
floors := {
	"aws_cloudwatch_log_group": "retention_in_days",
	"aws_db_instance": "backup_retention_period",
	"aws_docdb_cluster": "backup_retention_period",
	"aws_kms_key": "deletion_window_in_days",
	"aws_neptune_cluster": "backup_retention_period",
	"aws_rds_cluster": "backup_retention_period",
	"aws_secretsmanager_secret": "recovery_window_in_days",
}

weakened contains {"resource": r.address, "how": sprintf("reduces %s from %v to %v", [attribute, was, is])} if {
	some type, attribute in floors
	some r in lib.moved(type)
	is_object(r.change.after)
	was := r.change.before[attribute]
	is := r.change.after[attribute]
	forever(type, is) < forever(type, was)
}

forever("aws_cloudwatch_log_group", days) := 36500 if days == 0

forever(type, days) := days if {
	is_number(days)
	not keeps_all(type, days)
}

keeps_all("aws_cloudwatch_log_group", days) if days == 0

# Values that must not go away: keys, destinations, boundaries.
kept := {
	"aws_cloudtrail": {"cloud_watch_logs_group_arn", "kms_key_id", "s3_bucket_name"},
	"aws_cloudwatch_log_group": {"kms_key_id"},
	"aws_iam_role": {"permissions_boundary"},
	"aws_iam_user": {"permissions_boundary"},
	"aws_sns_topic": {"kms_master_key_id"},
	"aws_sqs_queue": {"kms_master_key_id", "redrive_policy"},
}

weakened contains {"resource": r.address, "how": sprintf("has no %s any more", [attribute])} if {
	some type, attributes in kept
	some r in lib.moved(type)
	is_object(r.change.after)
	some attribute in attributes
	not is_empty(object.get(r.change.before, attribute, null))
	not lib.given(r, attribute)
}

findings contains lib.finding(
	"guardrails.weakened", severity, w.resource,
	sprintf("%s protects this environment, and %s", [w.resource, w.how]),
	"leave it as it is, or let the people who are responsible for security propose this change on its own",
) if {
	some w in weakened
}

demands contains {"people": 1, "role": "security", "why": "guardrails.weakened"} if some _ in weakened

# DNS -------------------------------------------------------------------------------------------------

# Zones and names that belong to production, by name or ID. Other environments have zones of their own below them.
findings contains lib.finding(
	"guardrails.dns", "critical", r.address,
	sprintf("%s changes %s, which belongs to production", [r.address, zone]),
	"use a zone that is delegated to this environment",
) if {
	not lib.production
	some type, arguments in names_of_zones
	some r in object.get(input.plan.by_type, type, [])
	some action in r.change.actions
	action in {"create", "update", "delete"}
	some side in ["before", "after"]
	some argument in arguments
	zone := trim_suffix(trim_prefix(trim_prefix(lower(text_of(r.change[side], argument)), "*."), "/hostedzone/"), ".")
	zone in {lower(known) | some known in data.settings.primary_zones}
}

names_of_zones := {
	"aws_acm_certificate": ["domain_name"],
	"aws_route53_hosted_zone_dnssec": ["hosted_zone_id"],
	"aws_route53_record": ["zone_id", "name"],
	"aws_route53_zone": ["name", "zone_id", "id"],
	"aws_route53_zone_association": ["zone_id"],
	"aws_route53domains_registered_domain": ["domain_name"],
}
