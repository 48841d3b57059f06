# What was planted in a plan, and what was found: `data` of the task says what was planted.
package grader

import rego.v1

planted := {address | some address in input.data.planted}

found := {fault.address | some fault in input.json.faults}

evidence contains sprintf("%s was not found", [address]) if some address in planted - found

evidence contains sprintf("%s has no fault", [address]) if some address in found - planted

default score := 0

# As many right as there are planted or named: to find everything by naming everything is worth little.
score := count(planted & found) / count(planted | found) if {
	count(planted | found) > 0
} else := 1 if {
	input.json.faults == []
}
