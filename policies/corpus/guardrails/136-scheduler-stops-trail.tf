# A schedule stops CloudTrail every night through the universal target.
# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
# Fault at: aws_scheduler_schedule.scheduler_stops_trail_fault
# Near miss at: aws_scheduler_schedule.scheduler_stops_trail_near

resource "aws_scheduler_schedule" "scheduler_stops_trail_fault" {
  name                = "shop-prod-orders-nightly"
  schedule_expression = "cron(55 1 * * ? *)"
  kms_key_arn         = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:cloudtrail:stopLogging"
    role_arn = "arn:aws:iam:::role/shop-prod-scheduler"
    input    = jsonencode({ Name = "shop-prod-trail" })
    dead_letter_config {
      arn = "arn:aws:sqs:::shop-prod-scheduler-dead"
    }
  }
}

resource "aws_scheduler_schedule" "scheduler_stops_trail_near" {
  name                = "shop-prod-billing-nightly"
  schedule_expression = "cron(55 1 * * ? *)"
  kms_key_arn         = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:cloudtrail:startLogging"
    role_arn = "arn:aws:iam:::role/shop-prod-scheduler"
    input    = jsonencode({ Name = "shop-prod-trail" })
    dead_letter_config {
      arn = "arn:aws:sqs:::shop-prod-scheduler-dead"
    }
  }
}
