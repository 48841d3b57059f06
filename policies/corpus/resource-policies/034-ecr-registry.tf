# A foreign account can create repositories and replicate its images into our registry.
# Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
# Fault at: aws_ecr_registry_policy.ecr_registry_fault
# Near miss at: aws_ecr_registry_policy.ecr_registry_near

resource "aws_ecr_registry_policy" "ecr_registry_fault" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = ["ecr:CreateRepository", "ecr:ReplicateImage"]
        Resource  = "arn:aws:ecr:${var.region}:${var.account_id}:repository/*"
      }
    ]
  })
}

resource "aws_ecr_registry_policy" "ecr_registry_near" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["ecr:BatchImportUpstreamImage"]
        Resource  = "arn:aws:ecr:${var.region}:${var.account_id}:repository/*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
