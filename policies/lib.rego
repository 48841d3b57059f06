# What the sections share. `input.plan.by_type` and `by_block` are indexes over the managed resource
# changes, made once, so that no rule has to search.
package headgate.lib

import rego.v1

finding(rule, severity, resource, message, fix) := {
	"rule": rule,
	"severity": severity,
	"resource": resource,
	"message": message,
	"fix": fix,
}

production if input.environment.class == "prod"

# Every resource of a type, changed or not, that is there after the apply.
present(type) := [r |
	some r in object.get(input.plan.by_type, type, [])
	is_object(r.change.after)
]

# Resources of a type that the plan creates or changes.
touched(type) := [r | some r in present(type); writes(r)]

writes(r) if "create" in r.change.actions

writes(r) if "update" in r.change.actions

# What is imported is looked at as if it were new.
writes(r) if is_object(r.change.importing)

# Resources of a type that exist and are changed, replaced or deleted.
moved(type) := [r |
	some r in object.get(input.plan.by_type, type, [])
	is_object(r.change.before)
	some action in r.change.actions
	action in {"update", "delete"}
]

# The configuration of a resource; nothing if it has none (it is deleted, or imported without).
block(r) := input.plan.blocks[r.block]

# Whether an argument is written at all.
written(r, argument) if argument in object.keys(block(r).references)

# Whether an attribute is known only after the apply because of an expression that somebody wrote.
promised(r, attribute) if {
	r.change.after_unknown[attribute] == true
	written(r, attribute)
}

# Whether an attribute has a value, or will have one that somebody wrote.
given(r, attribute) if {
	value := object.get(r.change.after, attribute, null)
	not empty(value)
}

given(r, attribute) if promised(r, attribute)

empty(value) if value in [null, "", [], {}]

# An attribute that is text. Plans are full of nulls, and built-ins for text take none.
text(values, attribute) := value if {
	value := values[attribute]
	is_string(value)
}

# Whether one of the nested blocks of an attribute has a setting on.
on(r, attribute, setting) if {
	some nested in list(object.get(r.change.after, attribute, null))
	object.get(nested, setting, false) == true
}

# Resources of `type` whose `argument` rests on the block of `r`: a bucket's versioning, a queue's policy.
companions(r, type, argument) := [c |
	some use in block(r).used_by
	use.type == type
	use.argument == argument
	some c in object.get(input.plan.by_block, use.address, [])
	is_object(c.change.after)
]

list(x) := x if is_array(x)

list(x) := [x] if {
	not is_array(x)
	not is_null(x)
}

list(x) := [] if is_null(x)

# Tags as far as a plan shows them: the provider's default tags and the resource's own.
tags(r) := object.union(
	tag_map(object.get(r.change, ["after", "tags"], null)),
	tag_map(object.get(r.change, ["after", "tags_all"], null)),
)

tag_map(x) := x if is_object(x)

tag_map(x) := {} if not is_object(x)

# Whether the proposer is an agent: by the proposal, or by the tag that its resources carry.
by_agent if is_object(input.change.agent)

by_agent if {
	some changes in input.plan.by_type
	some r in changes
	"create" in r.change.actions
	tags(r).CreatedBy == "agent"
}
