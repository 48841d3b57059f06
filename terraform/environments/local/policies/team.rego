# An example of a team's own policy, which adds to Headgate's policies. An end-to-end story uses it.
package team.names

import rego.v1

findings contains {
	"rule": "team.legacy_name",
	"severity": "error",
	"resource": r.address,
	"message": sprintf("%s is new, but its name contains \"legacy\"", [r.address]),
	"fix": "choose a name that describes its purpose",
} if {
	some changes in input.plan.by_type
	some r in changes
	"create" in r.change.actions
	some attribute in ["name", "bucket", "function_name"]
	name := r.change.after[attribute]
	is_string(name)
	contains(name, "legacy")
}
