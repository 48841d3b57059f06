# Nothing listens to the whole internet, other than a load balancer on 443.
package headgate.network

import data.headgate.lib
import rego.v1

anywhere := {"0.0.0.0/0", "::/0"}

balancers := {"aws_lb", "aws_alb", "aws_elb"}

# {group: block address of the security group or rule, from, to, cidr} of every ingress.
ingress contains {"resource": r.address, "group": lib.block(r.address), "from": rule.from_port, "to": rule.to_port, "cidrs": cidrs(rule)} if {
	some r in lib.touched
	r.type in {"aws_security_group", "aws_default_security_group"}
	some rule in r.change.after.ingress
}

ingress contains {"resource": r.address, "group": group_of(r), "from": r.change.after.from_port, "to": r.change.after.to_port, "cidrs": cidrs(r.change.after)} if {
	some r in lib.touched
	r.type == "aws_security_group_rule"
	r.change.after.type == "ingress"
}

ingress contains {"resource": r.address, "group": group_of(r), "from": object.get(r.change.after, "from_port", -1), "to": object.get(r.change.after, "to_port", -1), "cidrs": cidrs(r.change.after)} if {
	some r in lib.touched
	r.type == "aws_vpc_security_group_ingress_rule"
}

cidrs(rule) := {c |
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"]
	some c in lib.list(object.get(rule, key, null))
}

# The group that a separate rule belongs to, by reference; "" if it is not in this plan.
default group_of(_) := ""

group_of(r) := group if {
	some c in input.plan.config
	c.address == lib.block(r.address)
	some reference in c.references.security_group_id
	some g in input.plan.config
	g.type in {"aws_security_group", "aws_default_security_group"}
	lib.refers(reference, g.address)
	group := g.address
}

on_balancer(group) if {
	some c in input.plan.config
	c.type in balancers
	some reference in c.references.security_groups
	lib.refers(reference, group)
}

permitted(i) if {
	i.from == 443
	i.to == 443
	on_balancer(i.group)
}

findings contains {
	"rule": "network.open_ingress",
	"severity": "critical",
	"resource": i.resource,
	"message": sprintf("%s lets anyone (%s) reach ports %v to %v", [i.resource, cidr, i.from, i.to]),
	"fix": "name the networks that need it; only 443 on a load balancer may be open to all",
} if {
	some i in ingress
	some cidr in i.cidrs
	cidr in anywhere
	not permitted(i)
}
