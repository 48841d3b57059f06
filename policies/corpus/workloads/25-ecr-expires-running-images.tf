# The repository keeps only the newest image, so the images that run in production and the rollback are deleted.
# Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html, ECR.3
# Fault at: aws_ecr_lifecycle_policy.ecrlife_fault
# Near miss at: aws_ecr_lifecycle_policy.ecrlife_near

resource "aws_ecr_repository" "ecrlife_fault" {
  name                 = "shop-prod-one-image"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.work.arn
  }
}

resource "aws_ecr_lifecycle_policy" "ecrlife_fault" {
  repository = aws_ecr_repository.ecrlife_fault.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the newest"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 1 }
      action       = { type = "expire" }
    }]
  })
}

# Deletes as eagerly, but only what carries no tag.
resource "aws_ecr_repository" "ecrlife_near" {
  name                 = "shop-prod-untagged"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.work.arn
  }
}

resource "aws_ecr_lifecycle_policy" "ecrlife_near" {
  repository = aws_ecr_repository.ecrlife_near.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Drop leftovers of pushes"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
      action       = { type = "expire" }
    }]
  })
}
