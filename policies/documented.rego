# Networks that somebody wrote down before they are used (`documented_networks` in the settings), so that no two of them overlap.
package headgate.network

import data.headgate.lib
import rego.v1

findings contains lib.finding(
	"network.undocumented", "error", r.address,
	sprintf("%s uses %s, which is not part of a documented network", [r.address, said]),
	"add the network to documented_networks in the settings of the policies, or use a documented one",
) if {
	some type in {"aws_subnet", "aws_vpc", "aws_vpc_ipv4_cidr_block_association"}
	some r in lib.touched(type)
	[cidr, said] := used(r)
	not documented(cidr)
}

used(r) := [cidr, cidr] if cidr := text_of(r.change.after, "cidr_block")

# One that nobody sees may be any.
used(r) := ["0.0.0.0/0", "a network that is only known after the apply"] if lib.hidden(r, "cidr_block")

documented(cidr) if {
	some network in data.settings.documented_networks
	net.cidr_contains(network, cidr)
}
