# What the sections share.
package headgate.lib

import rego.v1

# Managed resources that the plan creates or changes.
touched contains r if {
	some r in input.plan.resource_changes
	r.mode != "data"
	some action in r.change.actions
	action in {"create", "update"}
	is_object(r.change.after)
}

# The address without instance keys, as `plan.config` has it.
block(address) := without if {
	parts := split(address, "[")
	count(parts) == 1
	without := address
}

block(address) := without if {
	parts := split(address, "[")
	count(parts) > 1
	rest := [tail |
		some i, part in parts
		i > 0
		pieces := split(part, "]")
		tail := pieces[count(pieces) - 1]
	]
	without := concat("", array.concat([parts[0]], rest))
}

# Whether `reference` names the block `address` or one of its attributes.
refers(reference, address) if reference == address

refers(reference, address) if startswith(reference, concat("", [address, "."]))

refers(reference, address) if startswith(reference, concat("", [address, "["]))

# Whether an attribute is known only after the apply, wholly or in part.
unknown(r, attribute) if r.change.after_unknown[attribute] == true

list(x) := x if is_array(x)

list(x) := [x] if {
	not is_array(x)
	not is_null(x)
}
