# Nothing listens to the whole internet but a load balancer on 443; databases are out of its reach; new
# networks reach S3 and DynamoDB without leaving AWS.
package headgate.network

import data.headgate.lib
import rego.v1

# Ingress ---------------------------------------------------------------------------------------------

group_types := {"aws_security_group", "aws_default_security_group"}

balancers := {"aws_lb", "aws_alb", "aws_elb"}

# {resource, groups: blocks of the security groups, from, to, cidrs} of every ingress.
ingress contains {"resource": r.address, "groups": [r.block], "from": object.get(rule, "from_port", null), "to": object.get(rule, "to_port", null), "cidrs": cidrs(rule)} if {
	some type in group_types
	some r in lib.touched(type)
	some rule in lib.list(object.get(r.change.after, "ingress", null))
}

ingress contains {"resource": r.address, "groups": groups_of(r), "from": object.get(r.change.after, "from_port", null), "to": object.get(r.change.after, "to_port", null), "cidrs": cidrs(r.change.after)} if {
	some r in lib.touched("aws_security_group_rule")
	r.change.after.type == "ingress"
}

ingress contains {"resource": r.address, "groups": groups_of(r), "from": object.get(r.change.after, "from_port", null), "to": object.get(r.change.after, "to_port", null), "cidrs": cidrs(r.change.after)} if {
	some r in lib.touched("aws_vpc_security_group_ingress_rule")
}

cidrs(rule) := {c |
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some c in lib.list(object.get(rule, key, null))
	is_string(c)
}

# Half of the internet twice is the internet.
anywhere(cidr) if endswith(cidr, "/0")

anywhere(cidr) if endswith(cidr, "/1")

groups_of(r) := [g |
	some g in lib.block(r).references.security_group_id
	input.plan.blocks[g].type in group_types
]

# 443 alone, on a group that a load balancer wears and nothing else does.
permitted(i) if {
	i.from == 443
	i.to == 443
	some group in i.groups
	wearers := {use.type |
		some use in input.plan.blocks[group].used_by
		not use.argument in rule_arguments
	}
	count(wearers & balancers) > 0
	count(wearers - balancers) == 0
}

# What refers to a group without wearing it: its own rules, and those of others.
rule_arguments := {"egress", "ingress", "referenced_security_group_id", "security_group_id", "source_security_group_id"}

findings contains lib.finding(
	"network.open_ingress", "critical", i.resource,
	sprintf("%s lets anyone (%s) in on %s", [i.resource, cidr, ports(i)]),
	"name the networks that need it; only 443 on a load balancer may be open to all",
) if {
	some i in ingress
	some cidr in i.cidrs
	anywhere(cidr)
	not permitted(i)
}

ports(i) := "every port" if not is_number(i.from)

ports(i) := sprintf("port %v", [i.from]) if {
	is_number(i.from)
	i.from == i.to
}

ports(i) := sprintf("ports %v to %v", [i.from, i.to]) if {
	is_number(i.from)
	i.from != i.to
}

# Databases -------------------------------------------------------------------------------------------

database_types := {
	"aws_db_instance",
	"aws_dms_replication_instance",
	"aws_docdb_cluster_instance",
	"aws_neptune_cluster_instance",
	"aws_rds_cluster_instance",
	"aws_redshift_cluster",
}

findings contains lib.finding(
	"network.public_database", "critical", r.address,
	sprintf("%s has a public address", [r.address]),
	"set publicly_accessible = false",
) if {
	some type in database_types
	some r in lib.touched(type)
	r.change.after.publicly_accessible == true
}

subnet_group_types := {
	"aws_db_subnet_group",
	"aws_dax_subnet_group",
	"aws_docdb_subnet_group",
	"aws_elasticache_subnet_group",
	"aws_memorydb_subnet_group",
	"aws_neptune_subnet_group",
	"aws_redshift_subnet_group",
}

findings contains lib.finding(
	"network.public_database", "critical", r.address,
	sprintf("%s puts databases into the public subnet %s", [r.address, subnet]),
	"use subnets without a route to an internet gateway",
) if {
	some type in subnet_group_types
	some r in lib.present(type)
	some subnet in lib.block(r).references.subnet_ids
	subnet in public_subnets
}

# Public addresses by default.
public_subnets contains r.block if {
	some r in lib.present("aws_subnet")
	r.change.after.map_public_ip_on_launch == true
}

# A route table with a way to an internet gateway.
public_subnets contains subnet if {
	some table in gateway_tables
	some use in input.plan.blocks[table].used_by
	there(use.address)
	some subnet in input.plan.blocks[use.address].references.subnet_id
}

gateways := {address | some address, b in input.plan.blocks; b.type == "aws_internet_gateway"}

gateway_tables contains use.address if {
	some gateway in gateways
	some use in input.plan.blocks[gateway].used_by
	use.argument == "route"
	there(use.address)
}

# A block may have no instance: count = 0.
there(address) if {
	some r in object.get(input.plan.by_block, address, [])
	is_object(r.change.after)
}

gateway_tables contains table if {
	some gateway in gateways
	some use in input.plan.blocks[gateway].used_by
	use.type == "aws_route"
	use.argument == "gateway_id"
	there(use.address)
	some table in input.plan.blocks[use.address].references.route_table_id
}

# Endpoints -------------------------------------------------------------------------------------------

findings contains lib.finding(
	"network.gateway_endpoints", "error", r.address,
	sprintf("%s has no gateway endpoint for %s", [r.address, service]),
	"add an aws_vpc_endpoint of type Gateway: traffic stays inside AWS, and costs nothing",
) if {
	some r in lib.touched("aws_vpc")
	"create" in r.change.actions
	some service in ["s3", "dynamodb"]
	not has_endpoint(r, service)
}

has_endpoint(r, service) if {
	some endpoint in lib.companions(r, "aws_vpc_endpoint", "vpc_id")
	object.get(endpoint.change.after, "vpc_endpoint_type", "Gateway") in {"Gateway", null}
	endswith(lib.text(endpoint.change.after, "service_name"), concat("", [".", service]))
}

# The region in its name may be known only after the apply; then the name of the block tells.
has_endpoint(r, service) if {
	some endpoint in lib.companions(r, "aws_vpc_endpoint", "vpc_id")
	endpoint.change.after_unknown.service_name == true
	contains(lower(endpoint.address), service)
}
