package grader

import rego.v1

alarms := [a | some a in input.hcl.resource.aws_cloudwatch_metric_alarm]

evidence contains "there is no alarm" if count(alarms) == 0

evidence contains "it does not watch the age of the oldest message" if not alarms[_].metric_name == "ApproximateAgeOfOldestMessage"

evidence contains "its threshold is not 300" if not alarms[_].threshold == 300

evidence contains "it does not evaluate three periods of one minute" if not three_minutes

evidence contains "it has no alarm actions" if not alarms[_].alarm_actions

three_minutes if {
	some alarm in alarms
	alarm.period == 60
	alarm.evaluation_periods == 3
}

score := 1 - (count(evidence) / 5)
