# Policies of a team, beside Headgate's: an example, and what a story tries.
package team.names

import rego.v1

findings contains {
	"rule": "team.legacy_name",
	"severity": "error",
	"resource": r.address,
	"message": sprintf("%s is called legacy, and nothing new is", [r.address]),
	"fix": "give it a name that says what it is for",
} if {
	some changes in input.plan.by_type
	some r in changes
	"create" in r.change.actions
	some attribute in ["name", "bucket", "function_name"]
	name := r.change.after[attribute]
	is_string(name)
	contains(name, "legacy")
}
