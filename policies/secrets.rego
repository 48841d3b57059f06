# Credentials belong to AWS Secrets Manager, or AWS manages them. They do not belong into a plan, whose values the state keeps.
package headgate.secrets

import data.headgate.lib
import rego.v1

# Master passwords, and the argument with which AWS manages them instead.
passwords := {
	"aws_db_instance": {"password": "manage_master_user_password"},
	"aws_docdb_cluster": {"master_password": "manage_master_user_password"},
	"aws_rds_cluster": {"master_password": "manage_master_user_password"},
	"aws_redshift_cluster": {"master_password": "manage_master_password"},
	"aws_redshiftserverless_namespace": {"admin_user_password": "manage_admin_password"},
}

findings contains lib.finding(
	"secrets.database_password", "error", r.address,
	sprintf("%s gets its %s from the configuration, so the plan and the state contain it, and nobody rotates it", [r.address, argument]),
	sprintf("set %s = true, so that AWS Secrets Manager keeps and rotates it", [instead]),
) if {
	some type, arguments in passwords
	some r in lib.touched(type)
	some argument, instead in arguments
	lib.given(r, argument)
}

# Credentials that do not expire.
lasting := {
	"aws_iam_access_key": "an access key",
	"aws_iam_service_specific_credential": "a password of a service",
	"aws_iam_user_login_profile": "a password for the console",
	"aws_iam_user_ssh_key": "an SSH key",
	"aws_lightsail_key_pair": "a key pair whose private key the state keeps",
}

findings contains lib.finding(
	"secrets.lasting_credential", "error", r.address,
	sprintf("%s is %s, which does not expire", [r.address, what]),
	"use a role: IAM Identity Center for people, an OIDC provider or instance role for machines",
) if {
	some type, what in lasting
	some r in lib.touched(type)
}
