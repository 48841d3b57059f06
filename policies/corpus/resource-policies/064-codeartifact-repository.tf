# A foreign account can publish packages that our builds install.
# Source: https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html
# Fault at: aws_codeartifact_repository_permissions_policy.codeartifact_repository_fault
# Near miss at: aws_codeartifact_repository_permissions_policy.codeartifact_repository_near

resource "aws_codeartifact_repository_permissions_policy" "codeartifact_repository_fault" {
  domain     = "shop-prod-a"
  repository = "shop-prod-npm-a"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-ci", "arn:aws:iam::999988887777:role/ci"] }
        Action    = ["codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_codeartifact_repository_permissions_policy" "codeartifact_repository_near" {
  domain     = "shop-prod-b"
  repository = "shop-prod-npm-b"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-ci", "arn:aws:iam::${var.account_id}:role/shop-prod-release"] }
        Action    = ["codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"]
        Resource  = "*"
      }
    ]
  })
}
