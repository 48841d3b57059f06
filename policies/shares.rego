# What is shared with other accounts without a policy document, and who may call functions.
package headgate.resource_policies

import data.headgate.iam
import data.headgate.lib
import rego.v1

# Snapshots, images and shares that another account may use.
# Path of the accounts by resource type.
shared_with := {
	"aws_acmpca_permission": ["source_account"],
	"aws_ami_launch_permission": ["account_id"],
	"aws_cloudwatch_event_permission": ["principal"],
	"aws_config_aggregate_authorization": ["account_id"],
	"aws_db_cluster_snapshot": ["shared_accounts"],
	"aws_db_snapshot": ["shared_accounts"],
	"aws_ec2_transit_gateway_peering_attachment": ["peer_account_id"],
	"aws_directory_service_shared_directory": ["target", "id"],
	"aws_globalaccelerator_cross_account_attachment": ["principals"],
	"aws_imagebuilder_distribution_configuration": ["distribution", "ami_distribution_configuration", "launch_permission", "user_ids"],
	"aws_kms_grant": ["grantee_principal"],
	"aws_lakeformation_permissions": ["principal"],
	"aws_lambda_layer_version_permission": ["principal"],
	"aws_lambda_permission": ["principal"],
	"aws_network_interface_permission": ["aws_account_id"],
	"aws_opensearch_authorize_vpc_endpoint_access": ["account"],
	"aws_ram_principal_association": ["principal"],
	"aws_redshift_data_share_authorization": ["consumer_identifier"],
	"aws_redshift_endpoint_authorization": ["account"],
	"aws_route53_vpc_association_authorization": ["vpc_account_id"],
	"aws_servicecatalog_portfolio_share": ["principal_id"],
	"aws_signer_signing_profile_permission": ["principal"],
	"aws_snapshot_create_volume_permission": ["account_id"],
	"aws_vpc_endpoint_service": ["allowed_principals"],
	"aws_vpc_peering_connection": ["peer_owner_id"],
	"aws_vpc_endpoint_service_allowed_principal": ["principal_arn"],
}

findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s is shared with the account %s", [r.address, account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some type, path in shared_with
	some r in lib.touched(type)
	some place in places(r.change, path)
	is_string(place.value)
	account := foreign(place.value)
}

findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s has %s only after the apply, so nobody can say with whom it is shared", [r.address, path[0]]),
	"write the account into the configuration",
) if {
	some type, path in shared_with
	type != "aws_lambda_permission"
	some r in lib.touched(type)
	lib.hidden(r, path[0])
}

# Functions: each permission is a statement of its own.
findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s allows anyone in AWS to call the function", [r.address]),
	"name the account or the service in principal, and the resource in source_arn",
) if {
	some r in lib.touched("aws_lambda_permission")
	regex.match(`^[*?]+$`, text_of(r.change.after, "principal"))
	not limited(r)
}

findings contains lib.finding(
	"policy.confused_deputy", "error", r.address,
	sprintf("%s allows %s to call the function on behalf of any account", [r.address, r.change.after.principal]),
	"set source_arn or source_account",
) if {
	some r in lib.touched("aws_lambda_permission")
	contains(text_of(r.change.after, "principal"), ".amazonaws.com")
	not limited(r)
}

# Another account may take the name of a bucket that is gone, and its ARN has no account.
findings contains lib.finding(
	"policy.confused_deputy", "warning", r.address,
	sprintf("%s allows any account that owns the bucket's name to call the function", [r.address]),
	"set source_account",
) if {
	some r in lib.touched("aws_lambda_permission")
	text_of(r.change.after, "principal") == "s3.amazonaws.com"
	lib.given(r, "source_arn")
	not lib.given(r, "source_account")
	not of_this_plan(r)
}

of_this_plan(r) if {
	some address in lib.block(r).references.source_arn
	input.plan.blocks[address].type == "aws_s3_bucket"
}

findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s allows calls on behalf of the account %s", [r.address, account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some r in lib.touched("aws_lambda_permission")
	some argument in ["source_account", "source_arn"]
	account := foreign(text_of(r.change.after, argument))
}

# Any skill of Alexa may call a function that does not name one.
findings contains lib.finding(
	"policy.confused_deputy", "error", r.address,
	sprintf("%s allows every skill of Alexa to call the function", [r.address]),
	"set event_source_token to the ID of the skill",
) if {
	some r in lib.touched("aws_lambda_permission")
	startswith(text_of(r.change.after, "principal"), "alexa-")
	not lib.given(r, "event_source_token")
}

limited(r) if {
	some argument in ["principal_org_id", "source_account", "source_arn"]
	lib.surely(r, argument)
}

findings contains lib.finding(
	"iam.policy_hidden", "error", r.address,
	sprintf("%s has its principal only after the apply, so nobody can say who may call the function", [r.address]),
	"write the principal into the configuration",
) if {
	some r in lib.touched("aws_lambda_permission")
	lib.hidden(r, "principal")
}

# Cedar: a permission for everybody, without a condition.
cedar := {
	"aws_verifiedaccess_endpoint": ["policy_document"],
	"aws_verifiedaccess_group": ["policy_document"],
	"aws_verifiedpermissions_policy": ["definition", "static", "statement"],
}

findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s permits everything to everybody", [r.address]),
	"name the principals, or add a condition on who they are",
) if {
	some type, path in cedar
	some r in lib.touched(type)
	some place in places(r.change, path)
	is_string(place.value)
	regex.match(`permit\s*\(\s*principal\s*,\s*action\s*,\s*resource\s*\)\s*(when\s*\{\s*true\s*\}\s*)*;`, place.value)
}

# OpenSearch Serverless has a language of its own: a list of rules with principals.
findings contains lib.finding(
	"policy.foreign_account", "error", r.address,
	sprintf("%s allows access to the account %s", [r.address, account]),
	"add the account to trusted_accounts in the settings, or remove it",
) if {
	some r in lib.touched("aws_opensearchserverless_access_policy")
	text := text_of(r.change.after, "policy")
	json.is_valid(text)
	some rule in list_of(json.unmarshal(text))
	is_object(rule)
	some principal in list_of(object.get(rule, "Principal", null))
	account := foreign(principal)
}

# The policy of an endpoint is about where data may go. A negated account lets it go anywhere else.
findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s allows requests to all accounts but some", [r.address]),
	"use StringEquals to list the accounts",
) if {
	some type in ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"]
	some r in lib.touched(type)
	some statement in iam.statements(r, "policy")
	statement.Effect == "Allow"
	some test, conditions in lib.members(statement.Condition)
	regex.match(`^(forallvalues:|foranyvalue:)?stringnot`, lower(test))
	some key in object.keys(conditions)
	lower(key) in {"aws:principalaccount", "aws:principalorgid", "aws:resourceaccount", "aws:resourceorgid"}
}

# In a nested block: the policy of a Multi-Region access point.
findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s allows %s to anyone in AWS", [r.address, actions(statement)]),
	"name the principals, or add a condition on aws:PrincipalOrgID",
) if {
	some r in lib.touched("aws_s3control_multi_region_access_point_policy")
	some place in places(r.change, ["details", "policy"])
	some statement in iam.parsed(place.value)
	statement.Effect == "Allow"
	some principal in iam.principals(statement)
	anyone(principal)
	not iam.narrowed(r.type, statement)
}

# Every data lake permission for everybody whom IAM lets in.
findings contains lib.finding(
	"policy.anyone", "critical", r.address,
	sprintf("%s gives %s to everybody with a permission of IAM", [r.address, concat(", ", [p | some p in list_of(r.change.after.permissions); is_string(p)])]),
	"grant it to single principals",
) if {
	some r in lib.touched("aws_lakeformation_permissions")
	r.change.after.principal == "IAM_ALLOWED_PRINCIPALS"
}

# Devices: each may only be itself.
findings contains lib.finding(
	"iam.wildcard_resource", "error", r.address,
	sprintf("%s lets a device be any other (%s)", [r.address, resource]),
	"put ${iot:Connection.Thing.ThingName} into the resources",
) if {
	some r in lib.touched("aws_iot_policy")
	some statement in iam.statements(r, "policy")
	statement.Effect == "Allow"
	some resource in iam.named(statement, "Resource")
	regex.match(`^[*?]+$|:(client|topicfilter)/[*?#]*$`, resource)
}
