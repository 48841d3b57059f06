# Container images with the shop's code are published to the whole world.
# Source: https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html
# Fault at: aws_ecrpublic_repository.registry_fault
# Near miss at: aws_ecr_repository.registry_near

resource "aws_ecrpublic_repository" "registry_fault" {
  repository_name = "shop-prod-backend"
}

resource "aws_ecr_repository" "registry_near" {
  name                 = "shop-prod-public-site"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.shop.arn
  }
}
