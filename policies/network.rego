# Only a load balancer on port 443 may be open to the internet. Databases must not be reachable from the
# internet. New VPCs must reach S3 and DynamoDB through gateway endpoints.
package headgate.network

import data.headgate.lib
import rego.v1

# Ingress ---------------------------------------------------------------------------------------------

group_types := {"aws_security_group", "aws_default_security_group"}

balancers := {"aws_lb", "aws_alb", "aws_elb"}

# {resource, groups: blocks of the security groups, protocol, from, to, cidrs} of every ingress.
ingress contains way_in(r, [r.block], rule) if {
	some type in group_types
	some r in lib.touched(type)
	some rule in list_of(object.get(r.change.after, "ingress", null))
}

ingress contains way_in(r, known_groups(r), r.change.after) if {
	some r in lib.touched("aws_security_group_rule")
	object.get(r.change.after, "type", null) != "egress"
}

ingress contains way_in(r, known_groups(r), r.change.after) if {
	some r in lib.touched("aws_vpc_security_group_ingress_rule")
}

way_in(r, groups, rule) := {
	"resource": r.address,
	"groups": groups,
	"protocol": protocol_of(rule),
	"from": port_of(rule, "from_port"),
	"to": port_of(rule, "to_port"),
	"cidrs": cidrs(rule),
}

protocol_of(rule) := lower(sprintf("%v", [p])) if {
	some key in ["protocol", "ip_protocol"]
	p := rule[key]
}

protocol_of(rule) := "-1" if {
	not rule.protocol
	not rule.ip_protocol
}

# With all protocols, EC2 ignores the ports.
port_of(rule, _) := null if protocol_of(rule) in {"-1", "all"}

port_of(rule, key) := object.get(rule, key, null) if not protocol_of(rule) in {"-1", "all"}

cidrs(rule) := {c |
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some c in list_of(object.get(rule, key, null))
	is_string(c)
}

# A few large networks cover the whole internet, too. EC2 ignores the bits after the prefix, so `fd00::/0` would be `::/0`.
# The provider refuses that, but a rule must not depend on it.
anywhere(cidr) if {
	is_string(cidr)
	regex.match(`/[0-6]$`, cidr)
}

# Many networks that are each not that large. 512 of `/16` are two of `/8`.
anywhere_together(all) if {
	sum([sixteens[bits] |
		some cidr in all
		not regex.match(`^(10\.|172\.(1[6-9]|2[0-9]|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.)`, cidr)
		bits := split(cidr, "/")[1]
	]) >= 512
}

sixteens := {"8": 256, "9": 128, "10": 64, "11": 32, "12": 16, "13": 8, "14": 4, "15": 2, "16": 1}

# Only the local addresses of IPv6 (`fc00::/7`) are a private network of that size.
anywhere(cidr) if {
	is_string(cidr)
	regex.match(`(/7|:.*/([89]|1[0-5]))$`, cidr)
	not regex.match(`^f[cd]`, lower(cidr))
}

known_groups(r) := groups_of(r)

known_groups(r) := [] if not groups_of(r)

groups_of(r) := groups if {
	groups := [g |
		some g in lib.block(r).references.security_group_id
		input.plan.blocks[g].mode == "managed"
	]
	count(groups) > 0
}

# A module that picks one of its groups with a local, as terraform-aws-modules does. Only one of them has an instance.
groups_of(r) := groups if {
	count(object.get(lib.block(r).references, "security_group_id", [])) == 0
	groups := [g |
		some g, b in input.plan.blocks
		b.type in group_types
		b.module == lib.block(r).module
		there(g)
	]
	count(groups) == 1
}

# Path MTU discovery needs these messages.
permitted(i) if {
	i.protocol in {"1", "icmp"}
	i.from == 3
}

permitted(i) if i.protocol in {"58", "icmpv6"}

permitted(i) if {
	i.from == 443
	i.to == 443
	of_balancers(i)
}

# Also port 80, if the listeners on it only redirect.
permitted(i) if {
	i.from == 80
	i.to == 80
	of_balancers(i)
	listeners := plain_listeners(i)
	count(listeners) > 0
	every listener in listeners { redirects(listener) }
}

# The listeners on port 80 of the load balancers that use the groups.
plain_listeners(i) := [r |
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some r in lib.present(type)
	r.change.after.port == 80
	some balancer in lib.block(r).references.load_balancer_arn
	some group in i.groups
	some use in input.plan.blocks[group].used_by
	use.address == balancer
]

redirects(listener) if {
	some action in list_of(listener.change.after.default_action)
	some redirect in list_of(action.redirect)
	redirect.protocol == "HTTPS"
}

# A security group that only load balancers use.
of_balancers(i) if {
	some group in i.groups
	wearers := {use.type |
		some use in input.plan.blocks[group].used_by
		not use.argument in rule_arguments
		not use.type in rule_types
	}
	count(wearers & balancers) > 0
	count(wearers - balancers) == 0
}

# A rule of another group refers to a group by the argument that its module passes it through, which can be any.
rule_types := {"aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"}

# Arguments that refer to a security group without attaching it: its own rules, and rules of other groups.
rule_arguments := {"egress", "ingress", "referenced_security_group_id", "security_group_id", "source_security_group_id"}

findings contains lib.finding(
	"network.open_ingress", "critical", i.resource,
	sprintf("%s allows ingress from anywhere (%s) on %s", [i.resource, cidr, ports(i)]),
	"list the networks that need access; only port 443 on a load balancer may be open to all",
) if {
	some i in ingress
	some cidr in i.cidrs
	anywhere(cidr)
	not permitted(i)
}

findings contains lib.finding(
	"network.open_ingress", "critical", i.resource,
	sprintf("%s allows ingress from %v networks that are large together on %s", [i.resource, count(i.cidrs), ports(i)]),
	"list the networks that need access",
) if {
	some i in ingress
	anywhere_together(i.cidrs)
	not permitted(i)
}

# Ingress from networks that nobody sees before the apply. They may be the internet.
sources := {"cidr_blocks", "cidr_ipv4", "cidr_ipv6", "ipv6_cidr_blocks"}

findings contains lib.finding(
	"network.ingress_unknown", "error", r.address,
	sprintf("%s allows ingress from networks that are only known after the apply (%s)", [r.address, argument]),
	"write the networks into the configuration, or refer to the resource that has the address",
) if {
	some type in {"aws_security_group_rule", "aws_vpc_security_group_ingress_rule"}
	some r in lib.touched(type)
	some argument in sources
	doubtful(r, argument)
}

doubtful(r, argument) if lib.hidden(r, argument)

doubtful(r, argument) if {
	part_unknown(r.change.after_unknown[argument])
	lib.mixed(r, argument, addresses)
}

# Resources whose addresses are networks.
addresses := {
	"aws_default_subnet", "aws_default_vpc", "aws_eip", "aws_instance", "aws_nat_gateway", "aws_subnet", "aws_vpc",
	"aws_vpc_ipam_pool_cidr", "aws_vpc_ipam_pool_cidr_allocation", "aws_vpc_ipv4_cidr_block_association",
}

# In a block, where the plan does not say which reference belongs to which argument, or which a dynamic block makes.
findings contains lib.finding(
	"network.ingress_unknown", "error", r.address,
	sprintf("%s allows ingress from networks that are only known after the apply (%s in ingress)", [r.address, argument]),
	"write the networks into the configuration, or use aws_vpc_security_group_ingress_rule",
) if {
	some type in group_types
	some r in lib.touched(type)
	some nested in list_of(r.change.after_unknown.ingress)
	some argument in sources
	part_unknown(nested[argument])
}

# All rules of a group, as one value.
findings contains lib.finding(
	"network.ingress_unknown", "error", r.address,
	sprintf("%s has its ingress rules only after the apply", [r.address]),
	"write the rules into the configuration, or use aws_vpc_security_group_ingress_rule",
) if {
	some type in group_types
	some r in lib.touched(type)
	r.change.after_unknown.ingress == true
	lib.written(r, "ingress")
}

ports(i) := "all ports" if not is_number(i.from)

ports(i) := sprintf("port %v", [i.from]) if {
	is_number(i.from)
	i.from == i.to
}

ports(i) := sprintf("ports %v to %v", [i.from, i.to]) if {
	is_number(i.from)
	i.from != i.to
}

# Databases -------------------------------------------------------------------------------------------

# Whether a database is publicly accessible is judged by `data/public_database.json`.

subnet_group_types := {
	"aws_db_subnet_group",
	"aws_dax_subnet_group",
	"aws_dms_replication_subnet_group",
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

# Subnets that assign public addresses by default.
public_subnets contains r.block if {
	some r in lib.present("aws_subnet")
	r.change.after.map_public_ip_on_launch == true
}

# Subnets whose route table has a route to an internet gateway.
public_subnets contains subnet if {
	some table in gateway_tables
	some use in input.plan.blocks[table].used_by
	there(use.address)
	some subnet in input.plan.blocks[use.address].references.subnet_id
}

# Subnets without a table of their own use the main table of their VPC.
public_subnets contains r.block if {
	some r in lib.present("aws_subnet")
	some vpc in lib.block(r).references.vpc_id
	vpc in open_vpcs
	every use in lib.block(r).used_by { use.type != "aws_route_table_association" }
}

open_vpcs contains vpc if {
	some table in gateway_tables
	some vpc in input.plan.blocks[table].references.default_route_table_id
}

open_vpcs contains vpc if {
	some table in gateway_tables
	some use in input.plan.blocks[table].used_by
	use.type == "aws_main_route_table_association"
	some vpc in input.plan.blocks[use.address].references.vpc_id
}

gateways := {address | some address, b in input.plan.blocks; b.type == "aws_internet_gateway"}

gateway_tables contains use.address if {
	some gateway in gateways
	some use in input.plan.blocks[gateway].used_by
	use.argument == "route"
	there(use.address)
}

# Whether a block has an instance after the apply. With count = 0 it has none.
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
	"add an aws_vpc_endpoint of type Gateway; it is free, and traffic stays inside AWS",
) if {
	some r in lib.touched("aws_vpc")
	"create" in r.change.actions
	some service in ["s3", "dynamodb"]
	not has_endpoint(r, service)
}

has_endpoint(r, service) if {
	some endpoint in lib.companions(r, "aws_vpc_endpoint", "vpc_id")
	object.get(endpoint.change.after, "vpc_endpoint_type", "Gateway") in {"Gateway", null}
	endswith(text_of(endpoint.change.after, "service_name"), concat("", [".", service]))
}

# If the service name is only known after the apply, use the name of the block instead.
has_endpoint(r, service) if {
	some endpoint in lib.companions(r, "aws_vpc_endpoint", "vpc_id")
	endpoint.change.after_unknown.service_name == true
	contains(lower(endpoint.address), service)
}
