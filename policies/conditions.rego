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
	count(list_of(values)) > 0
	every value in list_of(values) {
		not open_for(lower(key), value)
	}
}

# Keys, in lower case, that must be present and true.
true_keys(statement) := {lower(key) |
	some test, keys in lib.members(statement.Condition)
	lower(test) == "bool"
	some key, values in lib.members(keys)
	count(list_of(values)) > 0
	every value in list_of(values) {
		lower(sprintf("%v", [value])) == "true"
	}
}

# Whether a value of a key lets others in than those it names. A value that is only known after the apply is no text.
open_for(key, value) if {
	is_string(value)
	not says_whose(key, value)
}

whose_accounts := {"aws:principalaccount", "aws:sourceaccount", "aws:sourceowner", "kms:calleraccount", "s3:dataaccesspointaccount"}

whose_arns := {"aws:principalarn", "aws:sourcearn", "elasticfilesystem:accesspointarn"}

whose_places := {"aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourcevpc", "aws:sourcevpce"}

says_whose(key, value) if {
	key in whose_accounts
	regex.match(`^([0-9]{12}|\$\{aws:ResourceAccount\})$`, value)
}

# The ARN of a bucket has no account.
says_whose(key, value) if {
	key in whose_arns
	regex.match(`^arn:[^:*?]*:[^:*?]+:[^:]*:([0-9]{12}:.|:[^:*?$])`, value)
}

says_whose(key, value) if {
	key in whose_places
	regex.match(`^(o|vpc|vpce)-[0-9a-z]+(/[^$]*)?$|^\$\{aws:ResourceOrgID\}$`, value)
}

# The unique ID of a role or user, and a session of it.
says_whose("aws:userid", value) if regex.match(`^([0-9]{12}|A[A-Z]{3}[A-Z0-9]{12,})(:|$)`, value)

says_whose(key, value) if {
	not key in ((whose_accounts | whose_arns) | whose_places) | {"aws:userid"}
	not open(value)
}

# A value that fits everything.
open(value) if {
	is_string(value)
	regex.match(`^[*?:]*$|^\$\{`, value)
}

# Something in any account.
open(value) if {
	is_string(value)
	regex.match(`^arn:[^:]*:[^:]*:[^:]*:([*?]+(:|$)|[*?]*:[*?]*$)`, value)
}

# The same, as CloudTrail's documentation shortens it.
open(value) if {
	is_string(value)
	regex.match(`^[*?]+:[*?]+:[a-z-]+/`, value)
}

# Whether a statement only holds for requests from networks that it lists, at most 32 and none larger than /16, or /32 of IPv6. Anybody can have a VPC with any network.
from_networks(statement) if {
	some test, keys in lib.members(statement.Condition)
	lower(test) in {"ipaddress", "foranyvalue:ipaddress"}
	some key, values in lib.members(keys)
	lower(key) == "aws:sourceip"
	count(list_of(values)) > 0
	count(list_of(values)) < 33
	every value in list_of(values) {
		small(value)
	}
}

small(network) if {
	is_string(network)
	regex.match(`^[0-9.]+(/(1[6-9]|2[0-9]|3[0-2]))?$|^[0-9A-Fa-f:]+(/(3[2-9]|[4-9][0-9]|1[0-2][0-9]))?$`, network)
}
