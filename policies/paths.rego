# Ways into and out of a network besides security groups: network ACLs, routes to a peer, and origins of distributions.
package headgate.network

import data.headgate.lib
import rego.v1

acl_types := {"aws_default_network_acl", "aws_network_acl"}

# {resource, entry} of every entry for traffic that comes in.
entries := array.concat(
	[{"resource": r.address, "entry": entry} |
		some type in acl_types
		some r in lib.touched(type)
		some entry in list_of(object.get(r.change.after, "ingress", null))
		entry.action == "allow"
	],
	[{"resource": r.address, "entry": r.change.after} |
		some r in lib.touched("aws_network_acl_rule")
		object.get(r.change.after, "egress", null) != true
		r.change.after.rule_action == "allow"
	],
)

# AWS's own default ACL is open, and security groups decide, so this is for people to see.
findings contains lib.finding(
	"network.open_acl", "warning", e.resource,
	sprintf("%s lets %s in on ports for administration", [e.resource, cidr]),
	"allow the ports that the subnet serves, from the networks that use them",
) if {
	some e in entries
	some key in ["cidr_block", "ipv6_cidr_block"]
	cidr := text_of(e.entry, key)
	anywhere(cidr)
	administers(e.entry)
}

administers(entry) if sprintf("%v", [entry.protocol]) in {"-1", "all"}

administers(entry) if {
	some port in {20, 21, 22, 3389}
	entry.from_port <= port
	entry.to_port >= port
}

# Without these, S3 serves the objects of an origin to anybody, so the bucket must be public.
findings contains lib.finding(
	"network.origin_access", "error", r.address,
	sprintf("%s reads from %v without an identity, so everybody can", [r.address, object.get(origin, "origin_id", "an origin")]),
	"set origin_access_control_id",
) if {
	some r in lib.touched("aws_cloudfront_distribution")
	some at, origin in list_of(object.get(r.change.after, "origin", null))
	every argument in ["custom_origin_config", "vpc_origin_config", "origin_access_control_id"] {
		is_empty(object.get(origin, argument, null))
		not object.get(r.change, ["after_unknown", "origin", at, argument], null) == true
	}
	every old in list_of(object.get(origin, "s3_origin_config", null)) {
		old.origin_access_identity == ""
	}
}

# Everything that has no other route goes to the network of the peer.
findings contains lib.finding(
	"network.open_route", "error", r.address,
	sprintf("%s sends %s through a peering connection", [r.address, cidr]),
	"route only the networks of the peer",
) if {
	some r in array.concat(lib.touched("aws_route"), lib.touched("aws_route_table"))
	some route in routes(r)
	given_or_later(route)
	some key in ["cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block"]
	cidr := text_of(route.after, key)
	anywhere(cidr)
}

findings contains lib.finding(
	"network.open_route", "error", r.address,
	sprintf("%s has %s only after the apply, so nobody can say what it sends to a peer", [r.address, argument]),
	"write the network into the configuration",
) if {
	some type, arguments in destinations
	some r in lib.touched(type)
	some argument in arguments
	lib.hidden(r, argument)
	peers(r)
}

destinations := {
	"aws_route": ["destination_cidr_block", "destination_ipv6_cidr_block"],
	"aws_route_table": ["route"],
}

peers(r) if lib.given(r, "vpc_peering_connection_id")

peers(r) if r.type == "aws_route_table"

routes(r) := [{"after": r.change.after, "unknown": r.change.after_unknown}] if r.type == "aws_route"

routes(r) := [{"after": route, "unknown": object.get(r.change, ["after_unknown", "route", at], {})} |
	some at, route in list_of(object.get(r.change.after, "route", null))
] if {
	r.type == "aws_route_table"
}

given_or_later(route) if not is_empty(object.get(route.after, "vpc_peering_connection_id", null))

given_or_later(route) if object.get(route.unknown, "vpc_peering_connection_id", null) == true
