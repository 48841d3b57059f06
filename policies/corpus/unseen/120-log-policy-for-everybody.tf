# A policy lets everybody write into a log group whose ARN is known only after the apply.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
# Fault at: aws_cloudwatch_log_resource_policy.log_res_fault
# Near miss at: aws_cloudwatch_log_resource_policy.log_res_near

resource "aws_kms_key" "log_res" {
  description             = "Logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "log_res" {
  name              = "/aws/events/shop-prod-log-res"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.log_res.arn
}

resource "aws_cloudwatch_event_rule" "log_res" {
  name          = "shop-prod-log-res"
  description   = "Orders"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

data "aws_iam_policy_document" "log_res_a" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.log_res.arn}:*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "log_res_b" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.log_res.arn}:*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.log_res.arn]
    }
  }
}

resource "aws_cloudwatch_log_resource_policy" "log_res_fault" {
  policy_name     = "shop-prod-log-res-a"
  policy_document = data.aws_iam_policy_document.log_res_a.json
}

resource "aws_cloudwatch_log_resource_policy" "log_res_near" {
  policy_name     = "shop-prod-log-res-b"
  policy_document = data.aws_iam_policy_document.log_res_b.json
}
