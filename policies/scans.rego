# Results of other scanners, which the proposal has as evidence (SARIF).
package headgate.scans

import data.headgate.lib
import rego.v1

# A log that does not name the plan's digest may be about anything, so its results say nothing about this plan.
ours := [s | some s in input.scans; s.of_this_plan]

findings contains lib.finding(
	sprintf("scan.%s.%s", [s.tool, x.rule]), x.severity, x.resource, said(x), x.fix,
) if {
	some s in ours
	some x in s.results
}

said(x) := x.message if is_null(x.suppressed)

# What somebody accepted in the sources weighs as much: the proposer writes the sources, and a waiver is for the team to write.
said(x) := sprintf("%s (accepted in the sources: %s)", [x.message, reason(x.suppressed)]) if is_string(x.suppressed)

reason(text) := text if text != ""

reason("") := "no reason given"

findings contains lib.finding(
	"scan.unbound", "error", "scans",
	sprintf("the results of %s do not name the digest of this plan", [s.tool]),
	"scan this plan, and submit the results with --scan, which adds the digest",
) if {
	some s in input.scans
	not s.of_this_plan
}

findings contains lib.finding(
	"scan.incomplete", "error", "scans",
	sprintf("%s did not come to its end", [s.tool]),
	"repeat the scan; its log must have results, if only an empty list",
) if {
	some s in ours
	not s.complete
}

findings contains lib.finding(
	"scan.missing", "error", "scans",
	sprintf("this environment requires a scan with %s%s", [want.tool, whose(want)]),
	"submit it with --scan; a scan of somebody else is uploaded with `headgate scan upload`",
) if {
	some want in data.settings.required_scans
	want.environment in {"*", input.environment.name}
	not delivered(want)
}

whose(want) := "" if count(want.by) == 0

whose(want) := sprintf(", uploaded by %s", [concat(" or ", want.by)]) if count(want.by) > 0

delivered(want) if {
	some s in ours
	s.complete
	s.tool == want.tool
	trusted(want, s)
}

trusted(want, _) if count(want.by) == 0

trusted(want, s) if {
	s.by in want.by
	not s.by_proposer
}

# A review without a fleet does not know who uploads.
trusted(_, _) if is_null(input.change.id)
