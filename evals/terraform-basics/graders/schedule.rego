package grader

import rego.v1

schedules := [s | some s in input.hcl.resource.aws_scheduler_schedule]

evidence contains "there is no schedule" if count(schedules) == 0

evidence contains "it does not run at 02:00 every day" if not schedules[_].schedule_expression == "cron(0 2 * * ? *)"

evidence contains "its time zone is not Europe/Berlin" if not schedules[_].schedule_expression_timezone == "Europe/Berlin"

evidence contains "it has no flexible time window, which is required" if not schedules[_].flexible_time_window

evidence contains "it has no role" if not input.hcl.resource.aws_iam_role

evidence contains "nothing allows lambda:InvokeFunction" if not contains(input.answer, "lambda:InvokeFunction")

score := 1 - (count(evidence) / 6)
