# Everybody can pull images, because the condition looks at the account of the repository instead of the caller.
# Source: CKV_AWS_32
# Fault at: aws_ecr_repository_policy.ecr_resource_account_fault
# Near miss at: aws_ecr_repository_policy.ecr_resource_account_near

resource "aws_ecr_repository_policy" "ecr_resource_account_fault" {
  repository = "shop-prod-api-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
        Condition = { StringEquals = { "aws:ResourceAccount" = var.account_id } }
      }
    ]
  })
}

resource "aws_ecr_repository_policy" "ecr_resource_account_near" {
  repository = "shop-prod-api-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Condition = { StringLike = { "aws:sourceArn" = "arn:aws:lambda:${var.region}:${var.account_id}:function:*" } }
      }
    ]
  })
}
