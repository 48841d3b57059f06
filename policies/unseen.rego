# Policies that nobody sees before the apply: they may allow anything.
package headgate.iam

import data.headgate.lib
import rego.v1

# A text of which one part is not known yet is not known at all, however harmless that part is.
unseen := [{"r": r, "argument": argument} |
	some type, argument in policy_texts
	some r in lib.touched(type)
	lib.written(r, argument)
	part_unknown(r.change.after_unknown[argument])
	count(deferred(r, argument)) == 0
	somewhere(r, argument)
]

# An argument that depends on no block and no local is null, and the provider fills it in.
somewhere(r, argument) if count(lib.block(r).references[argument]) > 0

somewhere(r, argument) if argument in lib.block(r).locals

policy_texts := object.union(resource_documents, {
	"aws_iam_group_policy": "policy",
	"aws_iam_policy": "policy",
	"aws_iam_role": "assume_role_policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
})

# Attributes of resources that hold a policy with principals.
resource_documents := {
	"aws_acmpca_policy": "policy",
	"aws_api_gateway_domain_name": "policy",
	"aws_api_gateway_rest_api": "policy",
	"aws_api_gateway_rest_api_policy": "policy",
	"aws_backup_vault_policy": "policy",
	"aws_cloudsearch_domain_service_access_policy": "access_policy",
	"aws_cloudwatch_event_bus_policy": "policy",
	"aws_cloudwatch_log_delivery_destination_policy": "delivery_destination_policy",
	"aws_cloudwatch_log_destination_policy": "access_policy",
	"aws_cloudwatch_log_resource_policy": "policy_document",
	"aws_codeartifact_domain_permissions_policy": "policy_document",
	"aws_codeartifact_repository_permissions_policy": "policy_document",
	"aws_codebuild_resource_policy": "policy",
	"aws_dynamodb_resource_policy": "policy",
	"aws_ecr_registry_policy": "policy",
	"aws_ecr_repository_creation_template": "repository_policy",
	"aws_ecr_repository_policy": "policy",
	"aws_ecrpublic_repository_policy": "policy",
	"aws_efs_file_system_policy": "policy",
	"aws_elasticsearch_domain": "access_policies",
	"aws_elasticsearch_domain_policy": "access_policies",
	"aws_glacier_vault": "access_policy",
	"aws_glacier_vault_lock": "policy",
	"aws_glue_resource_policy": "policy",
	"aws_kinesis_resource_policy": "policy",
	"aws_kms_external_key": "policy",
	"aws_kms_key": "policy",
	"aws_kms_key_policy": "policy",
	"aws_kms_replica_external_key": "policy",
	"aws_kms_replica_key": "policy",
	"aws_media_store_container_policy": "policy",
	"aws_msk_cluster_policy": "policy",
	"aws_networkfirewall_resource_policy": "policy",
	"aws_oam_sink_policy": "policy",
	"aws_opensearch_domain": "access_policies",
	"aws_opensearch_domain_policy": "access_policies",
	"aws_organizations_resource_policy": "content",
	"aws_redshift_resource_policy": "policy",
	"aws_redshiftserverless_resource_policy": "policy",
	"aws_s3_access_point": "policy",
	"aws_s3_bucket": "policy",
	"aws_s3_bucket_policy": "policy",
	"aws_s3control_access_grants_instance_resource_policy": "policy",
	"aws_s3control_access_point_policy": "policy",
	"aws_s3control_bucket_policy": "policy",
	"aws_s3control_object_lambda_access_point_policy": "policy",
	"aws_s3tables_table_bucket_policy": "resource_policy",
	"aws_s3tables_table_policy": "resource_policy",
	"aws_sagemaker_model_package_group_policy": "resource_policy",
	"aws_schemas_registry_policy": "policy",
	"aws_secretsmanager_secret": "policy",
	"aws_secretsmanager_secret_policy": "policy",
	"aws_ses_identity_policy": "policy",
	"aws_sesv2_email_identity_policy": "policy",
	"aws_sns_topic": "policy",
	"aws_sns_topic_policy": "policy",
	"aws_sqs_queue": "policy",
	"aws_sqs_queue_policy": "policy",
	"aws_vpclattice_auth_policy": "policy",
	"aws_vpclattice_resource_policy": "policy",
	"aws_xray_resource_policy": "policy_document",
}

findings contains lib.finding(
	"iam.policy_unknown", "error", u.r.address,
	sprintf("%s of %s is only known after the apply, so nobody can say what it allows", [u.argument, u.r.address]),
	"use aws_iam_policy_document, whose statements the plan contains, or build ARNs from names",
) if {
	some u in unseen
}

demands contains {"people": 1, "role": "security", "why": "iam.policy_unknown"} if some _ in unseen

# Policies that nobody sees before the apply, and that may allow anything: {r, argument}.
hidden := [{"r": r, "argument": argument} |
	some type, arguments in granting
	some r in lib.touched(type)
	some argument in arguments
	lib.hidden(r, argument)
]

# A text that one of several expressions chooses: a document, or something else.
beside := [{"r": r, "argument": argument} |
	some type, argument in policy_texts
	some r in lib.touched(type)
	not seen(r, argument)
	count(deferred(r, argument)) > 0
]

# A local may be any text.
seen(r, argument) if {
	not lib.hidden(r, argument)
	not later_by_local(r, argument)
}

later_by_local(r, argument) if {
	argument in lib.block(r).locals
	part_unknown(r.change.after_unknown[argument])
}

# ARNs of policies that may come from something else than a policy.
elsewhere := [{"r": r, "argument": "policy_arn"} |
	some type in attachment_types
	some r in lib.touched(type)
	part_unknown(r.change.after_unknown.policy_arn)
	lib.mixed(r, "policy_arn", {"aws_iam_policy"})
	not lib.hidden(r, "policy_arn")
]

granting := {
	"aws_iam_group_policy_attachment": ["policy_arn"],
	"aws_iam_group_policy_attachments_exclusive": ["policy_arns"],
	"aws_iam_policy_attachment": ["policy_arn"],
	"aws_iam_role": ["inline_policy", "managed_policy_arns", "permissions_boundary"],
	"aws_iam_role_policy_attachment": ["policy_arn"],
	"aws_iam_role_policy_attachments_exclusive": ["policy_arns"],
	"aws_iam_user": ["permissions_boundary"],
	"aws_iam_user_policy_attachment": ["policy_arn"],
	"aws_iam_user_policy_attachments_exclusive": ["policy_arns"],
	"aws_ssoadmin_managed_policy_attachment": ["managed_policy_arn"],
}

findings contains lib.finding(
	"iam.policy_hidden", "error", h.r.address,
	sprintf("%s has %s only after the apply, so nobody can say what it allows", [h.r.address, h.argument]),
	"write it into the configuration with aws_iam_policy_document, or refer to the policy's resource directly",
) if {
	some h in array.concat(array.concat(hidden, elsewhere), beside)
}

# The same, in a policy document that is read during the apply.
findings contains lib.finding(
	"iam.policy_hidden", "error", document.address,
	sprintf("%s has a statement that nobody sees before the apply, so nobody can say what it allows", [document.address]),
	"write actions, resources and principals into the document, or refer to resources directly",
) if {
	some documents in input.plan.reads
	some document in documents
	some argument in ["statement", "source_policy_documents", "override_policy_documents"]
	lib.hidden(document, argument)
	not only_itself(document, argument)
}

# Of a policy of a resource, only on what it is: that can be nothing but the resource itself.
only_itself(document, "statement") if {
	users := lib.block(document).used_by
	count(users) > 0
	every use in users {
		use.type in object.keys(resource_documents)
	}
	every statement in document.change.after_unknown.statement {
		is_object(statement)
		every name, unknown in statement {
			harmless_if_unknown(name, unknown)
		}
	}
}

harmless_if_unknown(name, _) if name == "resources"

harmless_if_unknown(_, unknown) if not part_unknown(unknown)

demands contains {"people": 1, "role": "security", "why": "iam.policy_hidden"} if some _ in hidden
