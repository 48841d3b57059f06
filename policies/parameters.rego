# Parameter groups of databases: a list of names and values, which the tables cannot judge.
package headgate.parameters

import data.headgate.lib
import rego.v1

# Values that turn off what a database does by itself.
off := {
	"aws_db_parameter_group": {"innodb_flush_log_at_trx_commit": {"0"}, "pgaudit.log": {"none"}, "rds.force_ssl": {"0"}, "require_secure_transport": {"0", "off"}},
	"aws_docdb_cluster_parameter_group": {"audit_logs": {"disabled", "none"}, "tls": {"disabled"}},
	"aws_neptune_cluster_parameter_group": {"neptune_enable_audit_log": {"0"}, "neptune_enforce_ssl": {"0"}},
	"aws_rds_cluster_parameter_group": {"innodb_flush_log_at_trx_commit": {"0"}, "pgaudit.log": {"none"}, "rds.force_ssl": {"0"}, "require_secure_transport": {"0", "off"}},
	"aws_redshift_parameter_group": {"enable_user_activity_logging": {"false"}, "require_ssl": {"false"}},
}

findings contains lib.finding(
	"parameters.setting", "error", r.address,
	sprintf("%s sets %s = %s", [r.address, name, value]),
	"remove the parameter, or turn it on",
) if {
	some type, names in off
	some r in lib.touched(type)
	some parameter in list_of(object.get(r.change.after, "parameter", null))
	name := text_of(parameter, "name")
	value := text_of(parameter, "value")
	lower(value) in names[name]
}

findings contains lib.finding(
	"parameters.setting", "error", r.address,
	sprintf("%s has parameters only after the apply, so nobody can say what it turns off", [r.address]),
	"write the parameters into the configuration",
) if {
	some type in object.keys(off)
	some r in lib.touched(type)
	lib.hidden(r, "parameter")
}

# Redshift takes connections without TLS unless it is told otherwise.
findings contains lib.finding(
	"parameters.setting", "error", r.address,
	sprintf("%s does not set require_ssl", [r.address]),
	"set the parameter require_ssl to true",
) if {
	some r in lib.touched("aws_redshift_parameter_group")
	names := [text_of(parameter, "name") | some parameter in list_of(object.get(r.change.after, "parameter", null))]
	not "require_ssl" in names
}

# Settings that are pairs of a name and a value elsewhere.
findings contains lib.finding(
	"parameters.setting", "error", r.address,
	sprintf("%s sets %s = %s", [r.address, name, value]),
	"remove the setting, or turn it on",
) if {
	some type, way in pairs
	some r in lib.touched(type)
	some pair in list_of(object.get(r.change.after, way.block, null))
	name := text_of(pair, way.name)
	value := text_of(pair, way.value)
	regex.match(way.off[name], lower(value))
}

pairs := {
	"aws_elastic_beanstalk_environment": {"block": "setting", "name": "name", "value": "value", "off": beanstalk},
	"aws_redshiftserverless_workgroup": {"block": "config_parameter", "name": "parameter_key", "value": "parameter_value", "off": {"require_ssl": `^false$`, "enable_user_activity_logging": `^false$`}},
}

beanstalk := {
	"AssociatePublicIpAddress": `^true$`,
	"DisableIMDSv1": `^false$`,
	"ManagedActionsEnabled": `^false$`,
	"SSHSourceRestriction": `(0\.0\.0\.0|::)/0`,
	"SSLPolicy": `2016-08|tls-1-0|tls-1-1|2015-05`,
	"StreamLogs": `^false$`,
}

# The server properties of Kafka are one text.
findings contains lib.finding(
	"parameters.setting", "error", r.address,
	sprintf("%s lets an unclean replica become the leader, which loses messages", [r.address]),
	"set unclean.leader.election.enable = false",
) if {
	some r in lib.touched("aws_msk_configuration")
	regex.match(`unclean\.leader\.election\.enable\s*=\s*true`, text_of(r.change.after, "server_properties"))
}
