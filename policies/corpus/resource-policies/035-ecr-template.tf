# Everybody can pull from the repositories that will be made from the template.
# Source: CKV_AWS_32, https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
# Fault at: aws_ecr_repository_creation_template.cache_fault
# Near miss at: aws_ecr_repository_creation_template.cache_near

resource "aws_ecr_repository_creation_template" "cache_fault" {
  prefix               = "shop-prod-cache-a"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.kms_root_near.arn
  }

  repository_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
      }
    ]
  })
}

resource "aws_ecr_repository_creation_template" "cache_near" {
  prefix               = "shop-prod-cache-b"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.kms_root_near.arn
  }

  repository_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
