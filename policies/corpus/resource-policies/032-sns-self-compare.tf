# Every AWS account can publish to the topic, because the organization of the caller is compared with itself.
# Source: CKV_AWS_169, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
# Fault at: aws_sns_topic_policy.sns_self_compare_fault
# Near miss at: aws_sns_topic_policy.sns_self_compare_near

resource "aws_sns_topic_policy" "sns_self_compare_fault" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-a"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "$${aws:PrincipalOrgID}" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-a"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}

resource "aws_sns_topic_policy" "sns_self_compare_near" {
  arn = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "SNS:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-b"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "$${aws:ResourceOrgID}" } }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${var.region}:${var.account_id}:shop-prod-stock-b"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
