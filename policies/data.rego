# Data at rest: encrypted, private and versioned; in production also backed up and protected against deletion.
package headgate.data

import data.headgate.lib
import rego.v1

buckets := lib.touched("aws_s3_bucket")

findings contains lib.finding(
	"data.s3_encryption", "error", r.address,
	sprintf("%s has no encryption configuration", [r.address]),
	"add aws_s3_bucket_server_side_encryption_configuration for it",
) if {
	some r in buckets
	count(lib.companions(r, "aws_s3_bucket_server_side_encryption_configuration", "bucket")) == 0
	not inline(r, "server_side_encryption_configuration")
}

findings contains lib.finding(
	"data.s3_public_access", "error", r.address,
	sprintf("%s has no public access block with all four settings on", [r.address]),
	"add aws_s3_bucket_public_access_block for it with all four settings true",
) if {
	some r in buckets
	not walled(r)
}

walled(r) if {
	some wall in lib.companions(r, "aws_s3_bucket_public_access_block", "bucket")
	every setting in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] {
		wall.change.after[setting] == true
	}
}

findings contains lib.finding(
	"data.s3_versioning", "error", r.address,
	sprintf("%s has no versioning", [r.address]),
	"add aws_s3_bucket_versioning for it with status = \"Enabled\"",
) if {
	some r in buckets
	not versioned(r)
}

versioned(r) if {
	some versioning in lib.companions(r, "aws_s3_bucket_versioning", "bucket")
	some configuration in list_of(versioning.change.after.versioning_configuration)
	configuration.status == "Enabled"
}

versioned(r) if lib.on(r, "versioning", "enabled")

# Blocks that the provider accepted inside the bucket before version 4.
inline(r, argument) if count(list_of(object.get(r.change.after, argument, null))) > 0

findings contains lib.finding(
	"data.sqs_encryption", "error", r.address,
	sprintf("%s has no explicit encryption setting", [r.address]),
	"set kms_master_key_id, or sqs_managed_sse_enabled = true",
) if {
	some r in lib.touched("aws_sqs_queue")
	not lib.given(r, "kms_master_key_id")
	not r.change.after.sqs_managed_sse_enabled == true
}

findings contains lib.finding(
	"data.sns_encryption", "error", r.address,
	sprintf("%s is not encrypted", [r.address]),
	"set kms_master_key_id",
) if {
	some r in lib.touched("aws_sns_topic")
	not lib.given(r, "kms_master_key_id")
}

findings contains lib.finding(
	"data.dynamodb_encryption", "error", r.address,
	sprintf("%s is not encrypted with a key of this account", [r.address]),
	"add server_side_encryption { enabled = true }",
) if {
	some r in lib.touched("aws_dynamodb_table")
	not lib.on(r, "server_side_encryption", "enabled")
}

clusters := {"aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"}

databases := {"aws_db_instance"} | clusters

# A cluster member or a replica inherits these settings from its cluster or source.
own_storage(r) if not follows(r)

follows(r) if lib.surely(r, "replicate_source_db")

follows(r) if lib.surely(r, "replication_source_identifier")

findings contains lib.finding(
	"data.rds_encryption", "error", r.address,
	sprintf("%s is not encrypted", [r.address]),
	"set storage_encrypted = true",
) if {
	some type in databases
	some r in lib.touched(type)
	own_storage(r)
	not r.change.after.storage_encrypted == true
}

# EBS. If the account encrypts volumes by default, a volume needs no setting.
by_default(address) if {
	some r in lib.present("aws_ebs_encryption_by_default")
	r.change.after.enabled == true
	some v in volumes_of(address)
	same_provider(r, v)
}

volumes_of(address) := [r |
	some type in ["aws_ebs_volume", "aws_instance", "aws_launch_configuration", "aws_launch_template"]
	some r in lib.touched(type)
	r.address == address
]

# A provider for another Region has another default.
same_provider(a, b) if object.get(lib.block(a), "provider", null) == object.get(lib.block(b), "provider", null)

findings contains lib.finding(
	"data.ebs_encryption", "error", v.address,
	sprintf("%s has an unencrypted volume (%s)", [v.address, v.where]),
	"set encrypted = true",
) if {
	some v in volumes
	not v.encrypted in {true, "true"}
	not by_default(v.address)
}

volumes contains {"address": r.address, "where": "itself", "encrypted": object.get(r.change.after, "encrypted", false)} if {
	some r in lib.touched("aws_ebs_volume")
}

volumes contains {"address": r.address, "where": argument, "encrypted": object.get(device, "encrypted", false)} if {
	some type in ["aws_instance", "aws_launch_configuration"]
	some r in lib.touched(type)
	some argument in ["root_block_device", "ebs_block_device"]
	some device in list_of(object.get(r.change.after, argument, null))
}

# Without its own block, the root volume uses the settings of the image, which is rarely encrypted.
volumes contains {"address": r.address, "where": "root_block_device", "encrypted": false} if {
	some r in lib.touched("aws_instance")
	count(list_of(object.get(r.change.after, "root_block_device", null))) == 0
	not template_shows(r, "encrypted")
}

# The launch template of the same plan that an instance uses, if it shows that every volume is encrypted, or that IMDSv2 is required.
template_shows(r, what) if {
	templates := [t |
		some block in lib.block(r).references.launch_template
		some t in object.get(input.plan.by_block, block, [])
	]
	count(templates) > 0
	every t in templates { shows(t.change.after, what) }
}

shows(template, "encrypted") if {
	disks := [disk | some mapping in list_of(template.block_device_mappings); some disk in list_of(mapping.ebs)]
	count(disks) > 0
	every disk in disks { disk.encrypted in {true, "true"} }
}

shows(template, "tokens") if {
	some options in list_of(template.metadata_options)
	options.http_tokens == "required"
}

findings contains lib.finding(
	"hardening.setting", "error", r.address,
	sprintf("%s has no metadata_options.http_tokens, and no launch template of this plan requires IMDSv2 for it", [r.address]),
	"add metadata_options { http_tokens = \"required\" }",
) if {
	some r in lib.touched("aws_instance")
	not is_empty(object.get(r.change.after, "launch_template", null))
	tokens := [o.http_tokens | some o in list_of(object.get(r.change.after, "metadata_options", null)); is_string(o.http_tokens)]
	count(tokens) == 0
	not template_shows(r, "tokens")
}

volumes contains {"address": r.address, "where": mapping.device_name, "encrypted": object.get(ebs, "encrypted", false)} if {
	some r in lib.touched("aws_launch_template")
	some mapping in list_of(object.get(r.change.after, "block_device_mappings", null))
	some ebs in list_of(object.get(mapping, "ebs", null))
}

findings contains lib.finding(
	"data.log_encryption", "error", r.address,
	sprintf("%s is not encrypted with a key of this account", [r.address]),
	"set kms_key_id",
) if {
	some r in lib.touched("aws_cloudwatch_log_group")
	not lib.given(r, "kms_key_id")
}

# Production ------------------------------------------------------------------------------------------

# Days. A week is enough to notice a fault after a weekend.
least_backup := 7

findings contains lib.finding(
	"data.backup_retention", "error", r.address,
	sprintf("%s keeps backups for %v days, but needs at least %v", [r.address, days(r), least_backup]),
	sprintf("set backup_retention_period to %v or more", [least_backup]),
) if {
	lib.production
	some type in databases
	some r in lib.touched(type)
	own_storage(r)
	not keeps_backups(r)
}

keeps_backups(r) if {
	is_number(r.change.after.backup_retention_period)
	r.change.after.backup_retention_period >= least_backup
}

days(r) := object.get(r.change.after, "backup_retention_period", "an unspecified number of")

findings contains lib.finding(
	"data.backup_retention", "error", r.address,
	sprintf("%s has no point-in-time recovery", [r.address]),
	"add point_in_time_recovery { enabled = true }",
) if {
	lib.production
	some r in lib.touched("aws_dynamodb_table")
	not lib.on(r, "point_in_time_recovery", "enabled")
}

protection := {
	"aws_db_instance": "deletion_protection",
	"aws_docdb_cluster": "deletion_protection",
	"aws_dynamodb_table": "deletion_protection_enabled",
	"aws_neptune_cluster": "deletion_protection",
	"aws_rds_cluster": "deletion_protection",
}

findings contains lib.finding(
	"data.deletion_protection", "error", r.address,
	sprintf("%s has no deletion protection", [r.address]),
	sprintf("set %s = true", [argument]),
) if {
	lib.production
	some type, argument in protection
	some r in lib.touched(type)
	not r.change.after[argument] == true
}
