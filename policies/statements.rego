# Reads the statements of policies: from JSON text, and from policy documents that are read only during the apply.
package headgate.iam

import data.headgate.lib
import rego.v1

# Statements of a policy that is given as JSON text.
parsed(text) := [s | some s in list_of(json.unmarshal(text).Statement); is_object(s)] if {
	is_string(text)
	json.is_valid(text)
}

parsed(text) := [] if not is_string(text)

# Statements of the policy documents that an argument refers to and that are read only during the apply. The
# plan contains their configuration nevertheless.
deferred(r, argument) := [s |
	some address in graph.reachable(merges, lib.block(r).references[argument])
	some document in object.get(input.plan.reads, address, [])
	lib.same_module(r, argument, document)
	some s in statements_of(document)
]

# The documents that each document merges.
merges := {address: merged |
	some address, documents in input.plan.reads
	documents[0].type == "aws_iam_policy_document"
	merged := {other | some argument in merging; some other in input.plan.blocks[address].references[argument]}
}

merging := ["override_policy_documents", "source_policy_documents"]

statements_of(document) := array.concat(
	[object.union(as_statement(raw), {"Later": later}) |
		some at, raw in list_of(object.get(document.change.after, "statement", null))
		later := object.get(document.change, ["after_unknown", "statement", at, "condition"], false) == true
	],
	[s |
		some argument in merging
		some text in list_of(object.get(document.change.after, argument, null))
		some s in parsed(text)
	],
)

as_statement(raw) := {
	"Effect": effect(raw),
	"Action": list_of(object.get(raw, "actions", null)),
	"Resource": list_of(object.get(raw, "resources", null)),
	"NotAction": list_of(object.get(raw, "not_actions", null)),
	"NotResource": list_of(object.get(raw, "not_resources", null)),
	"Principal": {type: ids |
		some type in {p.type | some p in list_of(object.get(raw, "principals", null))}
		ids := [id |
			some p in list_of(raw.principals)
			p.type == type
			some known in list_of(object.get(p, "identifiers", null))
			id := named_or_later(known)
		]
	},
	"Condition": {test: variables |
		some test in {c.test | some c in conditions(raw)}
		variables := {variable: values |
			some variable in {c.variable | some c in conditions(raw); c.test == test}
			values := [v |
				some c in conditions(raw)
				c.test == test
				c.variable == variable
				some v in list_of(object.get(c, "values", null))
			]
		}
	},
}

conditions(raw) := list_of(object.get(raw, "condition", null))

# A principal that the same plan creates has an identifier, but it is only known after the apply.
named_or_later(id) := id if is_string(id)

named_or_later(id) := later if is_null(id)

later := "(known after the apply)"

effect(raw) := raw.effect if is_string(raw.effect)

effect(raw) := "Allow" if not is_string(object.get(raw, "effect", null))

statements(r, argument) := parsed(r.change.after[argument]) if is_string(r.change.after[argument])

statements(r, argument) := deferred(r, argument) if not is_string(object.get(r.change.after, argument, null))

# The known values of a list in a statement.
named(statement, key) := [x | some x in list_of(object.get(statement, key, null)); is_string(x)]

principals(statement) := {{"type": "AWS", "id": "*"}} if statement.Principal == "*"

principals(statement) := {{"type": type, "id": id} |
	some type, ids in statement.Principal
	some id in list_of(ids)
	is_string(id)
} if is_object(statement.Principal)

principals(statement) := set() if not statement.Principal
