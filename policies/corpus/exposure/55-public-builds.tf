# Everybody on the internet may read the logs and artifacts of the builds.
# Source: https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html
# Fault at: aws_codebuild_project.public_fault
# Near miss at: aws_codebuild_project.public_near

resource "aws_cloudwatch_log_group" "builds" {
  name              = "shop-prod-builds"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.shop.arn
}

resource "aws_codebuild_project" "public_fault" {
  name                 = "shop-prod-site"
  service_role         = aws_iam_role.service.arn
  encryption_key       = aws_kms_key.shop.arn
  build_timeout        = 30
  project_visibility   = "PUBLIC_READ"
  resource_access_role = aws_iam_role.service.arn

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_codebuild_project" "public_near" {
  name               = "shop-prod-public-docs"
  service_role       = aws_iam_role.service.arn
  encryption_key     = aws_kms_key.shop.arn
  build_timeout      = 30
  project_visibility = "PRIVATE"

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }

  source {
    type = "CODEPIPELINE"
  }
}
