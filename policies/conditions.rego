# Whose request a statement is about, as far as its conditions say.
package headgate.iam

import data.headgate.lib
import rego.v1

# Keys, in lower case, that say whose request it is. A network or a time does not.
whose := {
	"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
	"aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
	"aws:userid", "elasticfilesystem:accesspointarn", "kms:calleraccount", "s3:dataaccesspointaccount", "sns:endpoint",
}

# Whether the conditions of a statement in the policy of a resource of this type say whose request it is.
narrowed(type, statement) if {
	some key in limited_keys(statement)
	key in whose
	not of_the_resource(type, key)
}

# Mount targets are in the VPC.
narrowed(_, statement) if "elasticfilesystem:accessedviamounttarget" in true_keys(statement)

# In its own policy, the account of an access point says nothing about the caller.
of_the_resource(type, "s3:dataaccesspointaccount") if contains(type, "access_point")

# Keys, in lower case, that must be present and have one of some values. IfExists and ForAllValues also hold without the key.
limited_keys(statement) := {lower(key) |
	some test, keys in lib.members(statement.Condition)
	regex.match(`^(foranyvalue:)?(string|arn)(equals|like)(ignorecase)?$`, lower(test))
	some key, values in lib.members(keys)
	count(lib.list(values)) > 0
	every value in lib.list(values) {
		not open(value)
	}
}

# Keys, in lower case, that must be present and true.
true_keys(statement) := {lower(key) |
	some test, keys in lib.members(statement.Condition)
	lower(test) == "bool"
	some key, values in lib.members(keys)
	count(lib.list(values)) > 0
	every value in lib.list(values) {
		lower(sprintf("%v", [value])) == "true"
	}
}

# A value that fits everything, and one that the request fills in itself.
open(value) if {
	is_string(value)
	regex.match(`^[*?:]*$|(?i)^\$\{aws:(principal|source|userid|username)`, value)
}

# Any organization, network or endpoint.
open(value) if {
	is_string(value)
	regex.match(`^(o|r|vpc|vpce)-[*?]`, value)
}

# Something in any account. The ARN of a bucket has no account.
open(value) if {
	is_string(value)
	regex.match(`^arn:[^:]*:[^:]*:[^:]*:([*?]+(:|$)|[*?]*:[*?]*$)`, value)
}

open(value) if {
	is_string(value)
	iam_covers(value, "arn:aws:service:region:account:resource")
}

# The same, as CloudTrail's documentation shortens it.
open(value) if {
	is_string(value)
	regex.match(`^[*?]+:[*?]+:[a-z-]+/`, value)
}

# Whether a statement only holds for requests from networks that it lists, none larger than /16, or /32 of IPv6.
from_networks(statement) if {
	some test, keys in lib.members(statement.Condition)
	lower(test) in {"ipaddress", "foranyvalue:ipaddress"}
	some key, values in lib.members(keys)
	lower(key) in {"aws:sourceip", "aws:vpcsourceip"}
	count(lib.list(values)) > 0
	every value in lib.list(values) {
		small(value)
	}
}

small(network) if {
	is_string(network)
	regex.match(`^[0-9.]+(/(1[6-9]|2[0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/(3[2-9]|[4-9][0-9]|1[0-2][0-9]))?$`, network)
}
