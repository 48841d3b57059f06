# A foreign account can push images into our public repository.
# Source: https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html
# Fault at: aws_ecrpublic_repository_policy.ecr_public_fault
# Near miss at: aws_ecrpublic_repository_policy.ecr_public_near

resource "aws_ecrpublic_repository_policy" "ecr_public_fault" {
  repository_name = "shop-prod-tools-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = ["ecr-public:PutImage", "ecr-public:InitiateLayerUpload", "ecr-public:UploadLayerPart", "ecr-public:CompleteLayerUpload"]
      }
    ]
  })
}

resource "aws_ecrpublic_repository_policy" "ecr_public_near" {
  repository_name = "shop-prod-tools-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-ci" }
        Action    = ["ecr-public:PutImage", "ecr-public:InitiateLayerUpload", "ecr-public:UploadLayerPart", "ecr-public:CompleteLayerUpload"]
      }
    ]
  })
}
