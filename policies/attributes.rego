# Judges attributes by the tables in `data/`: public exposure, encryption at rest and in transit, logs, protection
# against deletion. A table says which value an attribute must have; the rows by resource type are in `data.tables`.
package headgate.attributes

import data.headgate.lib
import rego.v1

# {r, row, place}: each value that a row judges. `places` is a function of the review: {value, unknown, block} of each place that
# a path leads to. A list, because a set would compare whole resources.
judged := [{"r": r, "row": row, "place": place} |
	some type in object.keys(input.plan.by_type)
	rows := data.tables.by_type[type]
	some r in lib.touched(type)
	some row in rows
	here(row)
	meant(row, r)
	some place in places(r.change, row.path)
]

here(row) if count(row.classes) == 0

here(row) if class in row.classes

class := "prod" if lib.production

class := input.environment.class if not lib.production

# Whether all conditions of a row hold. A value that is only known after the apply may be any that the condition lists,
# but the configuration gives it, so it is not null.
meant(row, r) if {
	every condition in row.when {
		some place in places(r.change, condition.path)
		fulfils(condition, {"r": r, "row": condition, "place": place})
	}
}

fulfils(condition, j) if {
	j.place.value in condition.be
	not later(j)
}

fulfils(condition, j) if {
	later(j)
	some value in condition.be
	not is_null(value)
}

# Faults ----------------------------------------------------------------------------------------------

findings contains lib.finding(
	j.row.rule, j.row.severity, j.r.address,
	sprintf("%s has %s = %s, but must have %s", [j.r.address, concat(".", j.row.path), json.marshal(j.place.value), wanted(j.row.must)]),
	j.row.fix,
) if {
	some j in judged
	not lib.empty(j.place.value)
	not holds(j.row.must, j.place.value)
}

findings contains lib.finding(
	j.row.rule, j.row.severity, j.r.address,
	sprintf("%s has no %s, but must have %s", [j.r.address, concat(".", j.row.path), wanted(j.row.must)]),
	j.row.fix,
) if {
	some j in judged
	lib.empty(j.place.value)
	missed(j.row.absent, j.place)
	not later(j)
}

missed(absent, _) if absent == "fails"

missed("fails_in_block", place) if place.block

# A value that the configuration gives and that nobody sees before the apply. It may be the one that the row forbids.
findings contains lib.finding(
	"plan.unknown_value", "error", j.r.address,
	sprintf("%s has %s only after the apply, but %s judges it", [j.r.address, concat(".", j.row.path), j.row.rule]),
	"set it to a value that the plan contains",
) if {
	some j in hidden
}

demands contains {"people": 1, "role": "security", "why": "plan.unknown_value"} if some _ in hidden

hidden := [j |
	some j in judged
	later(j)
	not j.row.must.exist
	not part_of_text(j)
	not refers(j)
]

# An attribute that names another resource may name one of this plan.
refers(j) if {
	j.row.reference
	lib.named_by_resources(j.r, j.row.path[0])
}

# A container definition with the URL of a repository in it. `containers.definition_unknown` tells the approvers.
part_of_text(j) if {
	j.row.path[0] in {"container_definitions", "container_properties"}
	lib.named_by_resources(j.r, j.row.path[0])
}

later(j) if {
	j.place.unknown
	configured(j.r, j.row.path)
}

# Plans leave dynamic blocks out of the configuration, but not out of the resource.
later(j) if {
	j.place.unknown
	j.place.block
	count(j.row.path) > 1
	not block_configured(j.r, array.slice(j.row.path, 0, count(j.row.path) - 1))
}

block_configured(r, path) if {
	walk(lib.block(r).constants[path[0]], [steps, _])
	[step | some step in steps; is_string(step)] == array.slice(path, 1, count(path))
}

# Whether the configuration gives the attribute. The provider fills in attributes that it does not give.
# A value that is not constant is null there.
configured(r, path) if {
	walk(lib.block(r).constants[path[0]], [steps, null])
	names := [step | some step in steps; is_string(step)]
	names == array.slice(path, 1, 1 + count(names))
}

holds(must, value) if value in must.be

holds(must, value) if {
	must.not_be
	not value in must.not_be
}

holds(must, _) if must.exist

holds(must, value) if {
	is_number(value)
	value >= must.at_least
}

holds(must, value) if {
	is_string(value)
	regex.match(must["match"], value)
}

holds(must, value) if {
	is_string(value)
	must.not_match
	not regex.match(must.not_match, value)
}

wanted(must) := concat(" or ", [json.marshal(value) | some value in must.be]) if is_array(must.be)

wanted(must) := sprintf("none of %s", [concat(", ", [json.marshal(value) | some value in must.not_be])]) if is_array(must.not_be)

wanted(must) := "a value" if must.exist

wanted(must) := sprintf("at least %v", [must.at_least])

wanted(must) := sprintf("a value like %s", [must["match"]])

wanted(must) := sprintf("no value like %s", [must.not_match])
