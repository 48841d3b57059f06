# A foreign account may do everything with the topic but delete it.
# Source: SNS.4
# Fault at: aws_sns_topic.notaction_fault
# Near miss at: aws_sns_topic.notaction_near

resource "aws_sns_topic" "notaction_fault" {
  name              = "shop-prod-costs-a"
  kms_master_key_id = aws_kms_key.kms_root_near.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Partner"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:user/partner" }
        NotAction = ["SNS:DeleteTopic"]
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-costs-a"
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-costs-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic" "notaction_near" {
  name              = "shop-prod-costs-b"
  kms_master_key_id = aws_kms_key.kms_root_near.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = ["budgets.amazonaws.com", "costalerts.amazonaws.com"] }
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-costs-b"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-costs-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
