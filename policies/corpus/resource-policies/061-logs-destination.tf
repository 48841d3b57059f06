# Every AWS account can send its logs to our destination, because the account is matched with a wildcard.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html
# Fault at: aws_cloudwatch_log_destination_policy.logs_destination_fault
# Near miss at: aws_cloudwatch_log_destination_policy.logs_destination_near

resource "aws_cloudwatch_log_destination_policy" "logs_destination_fault" {
  destination_name = "shop-prod-central-a"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "logs:PutSubscriptionFilter"
        Resource  = "arn:aws:logs:${var.region}:${var.account_id}:destination:shop-prod-central-a"
        Condition = { StringLike = { "aws:PrincipalAccount" = "????????????" } }
      }
    ]
  })
}

resource "aws_cloudwatch_log_destination_policy" "logs_destination_near" {
  destination_name = "shop-prod-central-b"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "logs:PutSubscriptionFilter"
        Resource  = "arn:aws:logs:${var.region}:${var.account_id}:destination:shop-prod-central-b"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = [var.org_id] } }
      }
    ]
  })
}
