# Repositories that appear by themselves keep their images without a key of the account.
# Source: CKV_AWS_136, ECR.5
# Warns: the approvers decide
# Fault at: aws_ecr_repository_creation_template.images_fault
# Fault at: aws_ecr_repository.images_fault
# Near miss at: aws_ecr_repository.images_near

resource "aws_kms_key" "images" {
  description         = "Images"
  enable_key_rotation = true
}

resource "aws_ecr_repository_creation_template" "images_fault" {
  prefix               = "shop-prod-mirror"
  description          = "Repositories of the mirror"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "AES256"
  }
}

resource "aws_ecr_repository" "images_fault" {
  name                 = "shop-prod-web"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "AES256"
    kms_key         = null
  }
}

resource "aws_ecr_repository" "images_near" {
  name                 = "shop-prod-api"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS_DSSE"
    kms_key         = aws_kms_key.images.arn
  }
}
