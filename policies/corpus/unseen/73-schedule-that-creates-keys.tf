# A schedule's universal target creates an access key of a user.
# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
# Fault at: aws_scheduler_schedule.universal_fault
# Near miss at: aws_scheduler_schedule.universal_near

resource "aws_kms_key" "universal" {
  description             = "Schedules"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "universal" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "universal" {
  name               = "shop-prod-universal"
  assume_role_policy = data.aws_iam_policy_document.universal.json
}

resource "aws_sqs_queue" "universal_dlq" {
  name                 = "shop-prod-universal-dlq"
  kms_master_key_id    = aws_kms_key.universal.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_scheduler_schedule" "universal_fault" {
  name                = "shop-prod-universal-a"
  schedule_expression = "rate(1 days)"
  kms_key_arn         = aws_kms_key.universal.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = join(":", ["arn:aws:scheduler::", "aws-sdk", "iam", "createAccessKey"])
    role_arn = aws_iam_role.universal.arn
    input    = jsonencode({ UserName = "shop-prod-operator" })

    dead_letter_config {
      arn = aws_sqs_queue.universal_dlq.arn
    }
  }
}

resource "aws_scheduler_schedule" "universal_near" {
  name                = "shop-prod-universal-b"
  schedule_expression = "rate(1 days)"
  kms_key_arn         = aws_kms_key.universal.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = join(":", ["arn:aws:scheduler::", "aws-sdk", "sqs", "sendMessage"])
    role_arn = aws_iam_role.universal.arn
    input    = jsonencode({ MessageBody = "daily", QueueUrl = aws_sqs_queue.universal_dlq.url })

    dead_letter_config {
      arn = aws_sqs_queue.universal_dlq.arn
    }
  }
}
