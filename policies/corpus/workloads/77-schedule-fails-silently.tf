# A run of the schedule that cannot start is neither tried again nor kept anywhere.
# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
# Fault at: aws_scheduler_schedule.sched_fault
# Near miss at: aws_scheduler_schedule.sched_near

resource "aws_scheduler_schedule" "sched_fault" {
  name                = "shop-prod-hourly-lossy"
  schedule_expression = "rate(1 hour)"
  kms_key_arn         = aws_kms_key.work.arn
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = aws_iam_role.work_exec.arn
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }

  }
}

# Not tried again either, because a double run would charge twice, but kept.
resource "aws_scheduler_schedule" "sched_near" {
  name                = "shop-prod-hourly"
  schedule_expression = "rate(1 hour)"
  kms_key_arn         = aws_kms_key.work.arn
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = aws_iam_role.work_exec.arn
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
    dead_letter_config { arn = aws_sqs_queue.work_dlq.arn }
  }
}
