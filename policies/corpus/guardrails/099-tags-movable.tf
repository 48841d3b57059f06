# The tags of the images can be moved to other images.
# Source: ECR.2, CKV_AWS_51, AVD-AWS-0031
# Fault at: aws_ecr_repository.tags_movable_fault
# Near miss at: aws_ecr_repository.tags_movable_near

resource "aws_ecr_repository" "tags_movable_fault" {
  name                 = "shop-prod-orders"
  image_tag_mutability = "MUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_repository" "tags_movable_near" {
  name                 = "shop-prod-billing"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}
