# A foreign account can start builds of our project with its own build commands.
# Source: https://docs.aws.amazon.com/codebuild/latest/userguide/project-sharing-share.html
# Fault at: aws_codebuild_resource_policy.codebuild_fault
# Near miss at: aws_codebuild_resource_policy.codebuild_near

resource "aws_codebuild_resource_policy" "codebuild_fault" {
  resource_arn = "arn:aws:codebuild:${var.region}:${var.account_id}:project/shop-prod-build-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = ["codebuild:BatchGetProjects", "codebuild:BatchGetBuilds", "codebuild:StartBuild"]
        Resource  = "arn:aws:codebuild:${var.region}:${var.account_id}:project/shop-prod-build-a"
      }
    ]
  })
}

resource "aws_codebuild_resource_policy" "codebuild_near" {
  resource_arn = "arn:aws:codebuild:${var.region}:${var.account_id}:project/shop-prod-build-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = var.account_id }
        Action    = ["codebuild:BatchGetProjects", "codebuild:BatchGetBuilds", "codebuild:ListBuildsForProject"]
        Resource  = "arn:aws:codebuild:${var.region}:${var.account_id}:project/shop-prod-build-b"
      }
    ]
  })
}
