# No database where the internet can reach it.
package headgate.database

import data.headgate.lib
import rego.v1

findings contains {
	"rule": "database.publicly_accessible",
	"severity": "critical",
	"resource": r.address,
	"message": sprintf("%s has a public address", [r.address]),
	"fix": "set publicly_accessible = false",
} if {
	some r in lib.touched
	r.type in {"aws_db_instance", "aws_rds_cluster_instance", "aws_redshift_cluster"}
	r.change.after.publicly_accessible == true
}

# Subnets with a way from the internet: public addresses by default, or a route to a gateway.
public contains lib.block(r.address) if {
	some r in input.plan.resource_changes
	r.type == "aws_subnet"
	r.change.after.map_public_ip_on_launch == true
}

public contains subnet.address if {
	some association in input.plan.config
	association.type == "aws_route_table_association"
	some table in gateway_tables
	some t in association.references.route_table_id
	lib.refers(t, table)
	some subnet in input.plan.config
	subnet.type == "aws_subnet"
	some s in association.references.subnet_id
	lib.refers(s, subnet.address)
}

gateway_tables contains table.address if {
	some table in input.plan.config
	table.type == "aws_route_table"
	some reference in table.references.route
	is_gateway(reference)
}

gateway_tables contains table.address if {
	some route in input.plan.config
	route.type == "aws_route"
	some reference in route.references.gateway_id
	is_gateway(reference)
	some table in input.plan.config
	table.type == "aws_route_table"
	some t in route.references.route_table_id
	lib.refers(t, table.address)
}

is_gateway(reference) if {
	some gateway in input.plan.config
	gateway.type == "aws_internet_gateway"
	lib.refers(reference, gateway.address)
}

groups := {
	"aws_db_subnet_group",
	"aws_elasticache_subnet_group",
	"aws_redshift_subnet_group",
	"aws_docdb_subnet_group",
	"aws_neptune_subnet_group",
}

findings contains {
	"rule": "database.public_subnet",
	"severity": "critical",
	"resource": group.address,
	"message": sprintf("%s puts databases into the public subnet %s", [group.address, subnet]),
	"fix": "use subnets without a route to an internet gateway",
} if {
	some group in input.plan.config
	group.type in groups
	some reference in group.references.subnet_ids
	some subnet in public
	lib.refers(reference, subnet)
}
