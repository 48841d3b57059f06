# Parts of a plan that people should see before they decide.
package headgate.plan

import data.headgate.lib
import rego.v1

# Resource types that hold data which cannot be recreated.
holders := {
	"aws_backup_vault", "aws_cloudwatch_log_group", "aws_cognito_user_pool", "aws_db_instance", "aws_db_snapshot",
	"aws_docdb_cluster", "aws_dynamodb_table", "aws_dynamodb_global_table", "aws_ebs_snapshot", "aws_ebs_volume",
	"aws_ecr_repository", "aws_efs_file_system", "aws_elasticache_cluster", "aws_elasticache_replication_group",
	"aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system",
	"aws_fsx_windows_file_system", "aws_glacier_vault", "aws_instance", "aws_keyspaces_table",
	"aws_kinesis_stream", "aws_kms_key", "aws_memorydb_cluster", "aws_msk_cluster", "aws_neptune_cluster",
	"aws_opensearch_domain", "aws_elasticsearch_domain", "aws_qldb_ledger", "aws_rds_cluster",
	"aws_rds_global_cluster", "aws_redshift_cluster", "aws_redshiftserverless_namespace", "aws_s3_bucket",
	"aws_s3_object", "aws_secretsmanager_secret", "aws_sqs_queue", "aws_ssm_parameter", "aws_timestreamwrite_table",
}

findings contains lib.finding(
	"plan.data_loss", "warning", r.address,
	sprintf("%s holds data and is %s", [r.address, lost(r)]),
	"state in the blast radius what data is lost, and make a backup first",
) if {
	some type in holders
	some r in object.get(input.plan.by_type, type, [])
	"delete" in r.change.actions
}

lost(r) := "deleted" if not "create" in r.change.actions

lost(r) := sprintf("replaced (%s)", [concat(" then ", r.change.actions)]) if "create" in r.change.actions

findings contains lib.finding(
	"plan.deletion", "error", r.address,
	sprintf("%s is deleted in production", [r.address]),
	"add its address to allowed_deletions in the settings if it must go, or keep it",
) if {
	lib.production
	some r in object.get(input.plan.by_action, "delete", [])
	not "create" in r.change.actions
	not lib.listed(r.address, data.settings.allowed_deletions)
}

findings contains lib.finding(
	"plan.forgotten", "warning", r.address,
	sprintf("%s is removed from the state but not deleted, so Terraform no longer manages it", [r.address]),
	"state who will manage it from now on",
) if {
	some r in object.get(input.plan.by_action, "forget", [])
}

findings contains lib.finding(
	"plan.drift", "warning", r.address,
	sprintf("%s was changed outside of Terraform", [r.address]),
	"find out who changed it and why before this plan reverts the change",
) if {
	some r in input.plan.resource_drift
	r.change.actions != ["no-op"]
}

findings contains lib.finding(
	"plan.deferred", "error", d.resource_change.address,
	sprintf("%s is deferred to a later plan (%s), so this plan does not show what will happen", [d.resource_change.address, d.reason]),
	"apply the resources that it depends on in a separate change, then plan again",
) if {
	some d in input.plan.deferred_changes
}

findings contains lib.finding(
	"plan.check_failed", "error", c.address.to_display,
	sprintf("%s did not pass (%s)", [c.address.to_display, c.status]),
	"fix the problem that the check found, then plan again",
) if {
	some c in input.plan.checks
	c.status in {"fail", "error"}
}

findings contains lib.finding(
	"plan.action", "warning", object.get(a, "address", "action"),
	sprintf("the apply invokes the action %s", [object.get(a, "address", "?")]),
	"read what the action does; the planned resource changes do not include it",
) if {
	some a in input.plan.action_invocations
}

demands contains {"people": 1, "role": "", "why": "plan.action"} if count(input.plan.action_invocations) > 0

# Words in addresses that say that much depends on a resource.
demands contains {"people": people, "role": "", "why": "plan.sensitive_area"} if {
	some word in data.settings.sensitive_words
	word in input.plan.words
	word != "prod"
}

people := 2 if lib.production

people := 1 if input.environment.class == "staging"

# Outside of production, somebody may have taken the wrong environment.
demands contains {"people": 1, "role": "", "why": "plan.sensitive_area"} if {
	not lib.production
	"prod" in data.settings.sensitive_words
	"prod" in input.plan.words
}

# In production, approvers must type the name of the environment if the plan deletes or replaces something.
demands contains {"people": 1, "role": "", "confirm": true, "why": "plan.destructive"} if {
	lib.production
	input.plan.summary.delete + input.plan.summary.replace > 0
}
