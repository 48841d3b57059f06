# A database of any AWS account can be integrated into our warehouse, because the service is allowed without a source.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html
# Fault at: aws_redshift_resource_policy.redshift_integration_fault
# Near miss at: aws_redshift_resource_policy.redshift_integration_near

resource "aws_redshift_resource_policy" "redshift_integration_fault" {
  resource_arn = "arn:aws:redshift:${var.region}:${var.account_id}:namespace:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "redshift.amazonaws.com" }
        Action    = "redshift:AuthorizeInboundIntegration"
        Resource  = "arn:aws:redshift:${var.region}:${var.account_id}:namespace:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:rds:*:*:cluster:*" } }
      }
    ]
  })
}

resource "aws_redshift_resource_policy" "redshift_integration_near" {
  resource_arn = "arn:aws:redshift:${var.region}:${var.account_id}:namespace:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "redshift.amazonaws.com" }
        Action    = "redshift:AuthorizeInboundIntegration"
        Resource  = "arn:aws:redshift:${var.region}:${var.account_id}:namespace:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
        Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:rds:${var.region}:${var.account_id}:cluster:shop-prod-orders" } }
      },
      {
        Sid       = "Create"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "redshift:CreateInboundIntegration"
        Resource  = "arn:aws:redshift:${var.region}:${var.account_id}:namespace:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
      }
    ]
  })
}
