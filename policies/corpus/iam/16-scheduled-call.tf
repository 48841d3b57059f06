# The policy lets its holder schedule any call of AWS in any role, since its condition admits every service.
# Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html
# Fault at: aws_iam_policy.scheduled_call_fault
# Near miss at: aws_iam_policy.scheduled_call_near

resource "aws_iam_role" "scheduled_reminder" {
  name = "shop-prod-scheduled-reminder"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "scheduler.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "scheduled_call_fault" {
  statement {
    actions   = ["scheduler:CreateSchedule"]
    resources = ["arn:aws:scheduler:*:*:schedule/default/*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::*:role/*"]
    condition {
      test     = "StringLike"
      variable = "iam:PassedToService"
      values   = ["*.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "scheduled_call_fault" {
  name   = "shop-prod-scheduled-call-fault"
  policy = data.aws_iam_policy_document.scheduled_call_fault.json
}

data "aws_iam_policy_document" "scheduled_call_near" {
  statement {
    actions   = ["scheduler:CreateSchedule"]
    resources = ["arn:aws:scheduler:*:*:schedule/shop-prod-reminders/*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.scheduled_reminder.arn]
    condition {
      test     = "StringLike"
      variable = "iam:PassedToService"
      values   = ["scheduler.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "scheduled_call_near" {
  name   = "shop-prod-scheduled-call-near"
  policy = data.aws_iam_policy_document.scheduled_call_near.json
}
