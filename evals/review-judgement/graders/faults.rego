# Compares the planted faults (`data` of the task) with the faults that the answer names.
package grader

import rego.v1

planted := {address | some address in input.data.planted}

found := {fault.address | some fault in input.json.faults}

evidence contains sprintf("%s was not found", [address]) if some address in planted - found

evidence contains sprintf("%s has no fault", [address]) if some address in found - planted

default score := 0

# Faults named correctly, divided by all that are planted or named. Naming every resource scores low.
score := count(planted & found) / count(planted | found) if {
	count(planted | found) > 0
} else := 1 if {
	input.json.faults == []
}
