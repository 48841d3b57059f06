# Values that rules of other files judge, and that anybody could choose after the review. The rows of the tables in `data/` are judged in
# `attributes.rego`.
package headgate.hidden

import data.headgate.lib
import rego.v1

# The arguments of each type, and the rule that looks at them when they are known.
judged := {
	"aws_acm_certificate": {"domain_name": "guardrails.dns"},
	"aws_batch_job_definition": {"node_properties": "containers.privileges"},
	"aws_cloudwatch_log_subscription_filter": {"destination_arn": "policy.foreign_account"},
	"aws_db_instance": {"instance_class": "profile.size", "vpc_security_group_ids": "network.public_database"},
	"aws_db_subnet_group": {"subnet_ids": "network.public_database"},
	"aws_eks_access_entry": {"principal_arn": "iam.trust_principal"},
	"aws_elasticache_replication_group": {"security_group_ids": "network.public_database"},
	"aws_elasticache_subnet_group": {"subnet_ids": "network.public_database"},
	"aws_iam_role": {"max_session_duration": "agents.session"},
	"aws_iam_role_policy_attachment": {"role": "agents.production_access"},
	"aws_iam_user_policy_attachment": {"user": "agents.production_access"},
	"aws_instance": {"iam_instance_profile": "iam.escalation", "user_data": "execution.script", "user_data_base64": "execution.script"},
	"aws_lambda_event_source_mapping": {"event_source_arn": "lambda.partial_batch"},
	"aws_lambda_function": {"image_uri": "containers.image_tag", "memory_size": "lambda.memory", "role": "iam.escalation", "s3_bucket": "execution.script"},
	"aws_launch_configuration": {"user_data": "execution.script", "user_data_base64": "execution.script"},
	"aws_launch_template": {"user_data": "execution.script"},
	"aws_lb": {"subnets": "profile.zones"},
	"aws_network_acl_rule": {"cidr_block": "network.open_acl", "ipv6_cidr_block": "network.open_acl"},
	"aws_rds_cluster": {"vpc_security_group_ids": "network.public_database"},
	"aws_route53_record": {"name": "guardrails.dns", "records": "guardrails.dns", "zone_id": "guardrails.dns"},
	"aws_security_group_rule": {"source_security_group_id": "network.open_ingress"},
	"aws_sns_topic": {"kms_master_key_id": "data.sns_encryption"},
	"aws_sns_topic_subscription": {"endpoint": "policy.foreign_account"},
	"aws_sqs_queue": {"redrive_allow_policy": "lambda.queue_dlq", "redrive_policy": "lambda.queue_dlq", "visibility_timeout_seconds": "lambda.visibility_timeout"},
	"aws_vpc_security_group_ingress_rule": {"prefix_list_id": "network.open_ingress", "referenced_security_group_id": "network.open_ingress"},
}

found contains {"address": r.address, "argument": argument, "rule": rule} if {
	some type, arguments in judged
	some r in lib.touched(type)
	some argument, rule in arguments
	lib.hidden(r, argument)
}

findings contains lib.finding(
	"plan.unknown_value", "error", f.address,
	sprintf("%s has %s only after the apply, but %s judges it", [f.address, f.argument, f.rule]),
	"set it to a value that the plan contains, or refer to the resource that it names",
) if {
	some f in found
}

demands contains {"people": 1, "role": "security", "why": "plan.unknown_value"} if some _ in found
