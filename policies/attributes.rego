# Judges attributes by the tables in `data/`: public exposure, encryption at rest and in transit, logs, protection
# against deletion. A table says which value an attribute must have.
package headgate.attributes

import data.headgate.lib
import rego.v1

# {r, f}: what the rows of the tables do not accept. `judge` is a function of the review: {row, place, fault} of each such value. A list,
# because a set would compare whole resources.
judged := [{"r": r, "f": f} |
	some type in object.keys(input.plan.touched)
	some r in input.plan.touched[type]
	some f in judge(r, object.get(input.plan.blocks, r.block, null), class)
]

class := "prod" if lib.production

class := input.environment.class if not lib.production

# Faults ----------------------------------------------------------------------------------------------

findings contains lib.finding(
	j.f.row.rule, j.f.row.severity, j.r.address,
	sprintf("%s has %s = %s, but must have %s", [j.r.address, concat(".", j.f.row.path), json.marshal(j.f.place.value), wanted(j.f.row.must)]),
	j.f.row.fix,
) if {
	some j in judged
	j.f.fault == "wrong"
}

findings contains lib.finding(
	j.f.row.rule, j.f.row.severity, j.r.address,
	sprintf("%s has no %s, but must have %s", [j.r.address, concat(".", j.f.row.path), wanted(j.f.row.must)]),
	j.f.row.fix,
) if {
	some j in judged
	j.f.fault == "missing"
}

# A value that the configuration gives and that nobody sees before the apply. It may be the one that the row forbids.
findings contains lib.finding(
	"plan.unknown_value", "error", j.r.address,
	sprintf("%s has %s only after the apply, but %s judges it", [j.r.address, concat(".", j.f.row.path), j.f.row.rule]),
	"set it to a value that the plan contains",
) if {
	some j in hidden
}

demands contains {"people": 1, "role": "security", "why": "plan.unknown_value"} if some _ in hidden

hidden := [j |
	some j in judged
	j.f.fault == "hidden"
	not part_of_text(j)
	not refers(j)
]

# An attribute that names another resource may name one of this plan.
refers(j) if {
	j.f.row.reference
	lib.named_by_resources(j.r, j.f.row.path[0])
}

# A container definition with the URL of a repository in it. `containers.definition_unknown` tells the approvers.
part_of_text(j) if {
	j.f.row.path[0] in {"container_definitions", "container_properties"}
	lib.named_by_resources(j.r, j.f.row.path[0])
}

wanted(must) := concat(" or ", [json.marshal(value) | some value in must.be]) if is_array(must.be)

wanted(must) := sprintf("none of %s", [concat(", ", [json.marshal(value) | some value in must.not_be])]) if is_array(must.not_be)

wanted(must) := "a value" if must.exist

wanted(must) := sprintf("at least %v", [must.at_least])

wanted(must) := sprintf("a value like %s", [must["match"]])

wanted(must) := sprintf("no value like %s", [must.not_match])
