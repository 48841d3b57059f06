# A foreign account may do everything with our mail identity.
# Source: https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policies.html
# Fault at: aws_sesv2_email_identity_policy.sesv2_fault
# Near miss at: aws_sesv2_email_identity_policy.sesv2_near

resource "aws_sesv2_email_identity_policy" "sesv2_fault" {
  email_identity = "a.shop.example.com"
  policy_name    = "shop-prod-mail-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::999988887777:user/mailer"] }
        Action    = "ses:*"
        Resource  = "arn:aws:ses:${var.region}:${var.account_id}:identity/a.shop.example.com"
      }
    ]
  })
}

resource "aws_sesv2_email_identity_policy" "sesv2_near" {
  email_identity = "b.shop.example.com"
  policy_name    = "shop-prod-mail-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-mailer"] }
        Action    = ["ses:SendEmail"]
        Resource  = "arn:aws:ses:${var.region}:${var.account_id}:identity/b.shop.example.com"
      }
    ]
  })
}
