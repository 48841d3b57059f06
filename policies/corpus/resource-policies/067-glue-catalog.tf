# A foreign account may do everything with the data catalog.
# Source: https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html
# Fault at: aws_glue_resource_policy.glue_catalog_fault
# Near miss at: aws_glue_resource_policy.glue_catalog_near

resource "aws_glue_resource_policy" "glue_catalog_fault" {
  enable_hybrid = "TRUE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::999988887777:root"] }
        Action    = ["glue:*"]
        Resource  = ["arn:aws:glue:${var.region}:${var.account_id}:catalog", "arn:aws:glue:${var.region}:${var.account_id}:database/*", "arn:aws:glue:${var.region}:${var.account_id}:table/*/*"]
      }
    ]
  })
}

resource "aws_glue_resource_policy" "glue_catalog_near" {
  enable_hybrid = "TRUE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = ["ram.amazonaws.com"] }
        Action    = ["glue:ShareResource"]
        Resource  = ["arn:aws:glue:${var.region}:${var.account_id}:catalog", "arn:aws:glue:${var.region}:${var.account_id}:database/*", "arn:aws:glue:${var.region}:${var.account_id}:table/*/*"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      }
    ]
  })
}
