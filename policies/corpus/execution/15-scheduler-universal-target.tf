# A one-time schedule creates an access key through the API a little after the apply.
# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
# Fault at: aws_scheduler_schedule.uscheda_fault
# Near miss at: aws_scheduler_schedule.uscheda_near

resource "aws_iam_role" "uscheda_role" {
  name               = "shop-prod-uscheda-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "scheduler.amazonaws.com" } }] })
}

resource "aws_kms_key" "uscheda_key" {
  description         = "Key for uscheda_key"
  enable_key_rotation = true
}

resource "aws_scheduler_schedule" "uscheda_fault" {
  name                = "shop-prod-uscheda-fault"
  schedule_expression = "at(2030-01-01T03:00:00)"
  kms_key_arn         = aws_kms_key.uscheda_key.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:scheduler:::aws-sdk:iam:createAccessKey"
    role_arn = aws_iam_role.uscheda_role.arn
    input    = jsonencode({ UserName = "shop-prod-deploy" })

    dead_letter_config {
      arn = aws_sqs_queue.uscheda_dlq.arn
    }
  }
}

resource "aws_sqs_queue" "uscheda_dlq" {
  name                    = "shop-prod-uscheda-dlq"
  sqs_managed_sse_enabled = true
}

resource "aws_scheduler_schedule" "uscheda_near" {
  name                = "shop-prod-uscheda-near"
  schedule_expression = "cron(0 3 * * ? *)"
  kms_key_arn         = aws_kms_key.uscheda_key.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:scheduler:::aws-sdk:ecs:describeServices"
    role_arn = aws_iam_role.uscheda_role.arn
    input    = jsonencode({ Cluster = "shop-prod", Services = ["orders"] })

    dead_letter_config {
      arn = aws_sqs_queue.uscheda_dlq.arn
    }
  }
}
