# Secrets, and instructions to reviewers, in the texts of a plan and its dossier. The review searches the texts by the
# patterns in `texts/`, because there are many of both.
package headgate.texts

import data.headgate.lib
import rego.v1

findings contains lib.finding(t.rule, t.severity, t.address, t.message, t.fix) if some t in input.texts

# What somebody wrote to influence reviewers must be seen by a person.
demands contains {"people": 1, "role": "", "why": t.rule} if {
	some t in input.texts
	startswith(t.rule, "injection.")
}
