# An alarm or rule of any AWS account can publish, because the source account is only checked if it is sent.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# Fault at: aws_sns_topic_policy.deputy_ifexists_fault
# Near miss at: aws_sns_topic_policy.deputy_ifexists_near

resource "aws_sns_topic_policy" "deputy_ifexists_fault" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-a"
        Condition = { StringEqualsIfExists = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic_policy" "deputy_ifexists_near" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-b"
        Condition = { StringEquals = { "aws:SourceOrgID" = var.org_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-alarms-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
