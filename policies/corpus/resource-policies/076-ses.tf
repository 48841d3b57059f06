# Every AWS account can send mail in our name, because only the sender address is checked.
# Source: https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policies.html
# Fault at: aws_ses_identity_policy.ses_fault
# Near miss at: aws_ses_identity_policy.ses_near

resource "aws_ses_identity_policy" "ses_fault" {
  identity = "a.shop.example.com"
  name     = "shop-prod-mail-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["ses:SendEmail", "ses:SendRawEmail"]
        Resource  = "arn:aws:ses:${var.region}:${var.account_id}:identity/a.shop.example.com"
        Condition = { StringLike = { "ses:FromAddress" = "*@a.shop.example.com" } }
      }
    ]
  })
}

resource "aws_ses_identity_policy" "ses_near" {
  identity = "b.shop.example.com"
  name     = "shop-prod-mail-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "cognito-idp.amazonaws.com" }
        Action    = ["ses:SendEmail", "ses:SendRawEmail"]
        Resource  = "arn:aws:ses:${var.region}:${var.account_id}:identity/b.shop.example.com"
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:cognito-idp:*:${var.account_id}:userpool/*" }
        }
      }
    ]
  })
}
