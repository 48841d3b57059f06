# Files with values of variables, which the proposal says that the plan was made with. The review compares them with the plan.
package headgate.values

import data.headgate.lib
import rego.v1

findings contains lib.finding(
	"values.unknown_variable", "error", sprintf("var.%s", [v.name]),
	sprintf("%s gives the variable %s a value, but the plan has no such variable", [v.file, v.name]),
	"correct the name, or remove it from the file",
) if {
	some v in input.values.unknown
}

findings contains lib.finding(
	"values.differs", "error", sprintf("var.%s", [v.name]),
	sprintf("%s gives the variable %s another value than the plan has", [v.file, v.name]),
	"plan again with this file, and propose the change with all files of that command, in its order",
) if {
	some v in input.values.differs
}

# The plan has these values, too, but nobody sees where they are from.
findings contains lib.finding(
	"values.elsewhere", "warning", sprintf("var.%s", [name]),
	sprintf("the value of the variable %s is neither its default nor in a file of the proposal", [name]),
	"write it into a file, and name the file with --var-file",
) if {
	some name in input.values.elsewhere
}
