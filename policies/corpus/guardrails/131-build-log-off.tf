# Builds leave no log.
# Source: CodeBuild.4, CKV_AWS_314
# Fault at: aws_codebuild_project.build_log_off_fault
# Near miss at: aws_codebuild_project.build_log_off_near

resource "aws_codebuild_project" "build_log_off_fault" {
  name           = "shop-prod-orders"
  description    = "Builds the shop"
  service_role   = "arn:aws:iam:::role/shop-prod-build"
  build_timeout  = 20
  encryption_key = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
  }
  source {
    type = "CODEPIPELINE"
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
    s3_logs {
      status = "DISABLED"
    }
  }
}

resource "aws_codebuild_project" "build_log_off_near" {
  name           = "shop-prod-billing"
  description    = "Builds the shop"
  service_role   = "arn:aws:iam:::role/shop-prod-build"
  build_timeout  = 20
  encryption_key = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
  }
  source {
    type = "CODEPIPELINE"
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
    s3_logs {
      status   = "ENABLED"
      location = "shop-prod-build-logs/billing"
    }
  }
}
