# The build does not check the certificate of the server that one of its sources comes from.
# Source: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html (insecureSsl)
# Fault at: aws_codebuild_project.primary_fault
# Near miss at: aws_codebuild_project.primary_near

resource "aws_iam_role" "primary" {
  name = "shop-prod-primary-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "primary" {
  description         = "Primary builds"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "primary" {
  name              = "/shop/prod/primary-build"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.primary.arn
}

resource "aws_codebuild_project" "primary_fault" {
  name           = "shop-prod-primary"
  description    = "Builds the packages"
  service_role   = aws_iam_role.primary.arn
  encryption_key = aws_kms_key.primary.arn
  artifacts {
    type     = "S3"
    location = "shop-prod-packages"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/shop-example/shop.git"
  }
  secondary_sources {
    source_identifier = "library"
    type              = "GITHUB_ENTERPRISE"
    location          = "https://git.shop.example/library.git"
    insecure_ssl      = true
  }
  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = aws_cloudwatch_log_group.primary.name
    }
  }
}

# There are no artifacts, so the setting has no effect.
resource "aws_codebuild_project" "primary_near" {
  name           = "shop-prod-checks"
  description    = "Checks the shop"
  service_role   = aws_iam_role.primary.arn
  encryption_key = aws_kms_key.primary.arn
  artifacts {
    type                = "NO_ARTIFACTS"
    encryption_disabled = true
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/shop-example/shop.git"
  }
  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = aws_cloudwatch_log_group.primary.name
    }
  }
}
