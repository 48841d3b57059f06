# Everybody can subscribe to the topic, because only the protocol is checked.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.sns_protocol_fault
# Near miss at: aws_sns_topic_policy.sns_protocol_near

resource "aws_sns_topic_policy" "sns_protocol_fault" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["SNS:Subscribe", "SNS:Receive"]
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-a"
        Condition = { StringEquals = { "SNS:Protocol" = "https" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic_policy" "sns_protocol_near" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["SNS:Subscribe", "SNS:Receive", "SNS:Publish", "SNS:SetTopicAttributes"]
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-b"
        Condition = { StringEquals = { "AWS:SourceOwner" = var.account_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-refunds-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
