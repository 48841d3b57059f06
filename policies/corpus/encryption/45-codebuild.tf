# The build stores its secondary artifacts and its test reports without encryption.
# Source: CodeBuild.3, CodeBuild.7, CKV_AWS_78, CKV_AWS_311
# Fault at: aws_codebuild_project.build_fault
# Fault at: aws_codebuild_report_group.build_fault
# Near miss at: aws_codebuild_project.build_near

resource "aws_iam_role" "build" {
  name = "shop-prod-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "build" {
  description         = "Builds"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "build_store" {
  bucket = "shop-prod-build-artifacts"
}

resource "aws_s3_bucket_public_access_block" "build_store" {
  bucket                  = aws_s3_bucket.build_store.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "build_store" {
  bucket = aws_s3_bucket.build_store.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "build_store" {
  bucket = aws_s3_bucket.build_store.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.build.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "build" {
  name              = "/shop/prod/build"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.build.arn
}

resource "aws_codebuild_project" "build_fault" {
  name           = "shop-prod-build"
  description    = "Builds the shop"
  service_role   = aws_iam_role.build.arn
  encryption_key = aws_kms_key.build.arn
  artifacts {
    type     = "S3"
    location = aws_s3_bucket.build_store.bucket
  }
  dynamic "secondary_artifacts" {
    for_each = ["reports", "symbols"]
    content {
      artifact_identifier = secondary_artifacts.value
      type                = "S3"
      location            = aws_s3_bucket.build_store.bucket
      encryption_disabled = secondary_artifacts.value == "symbols"
    }
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
      group_name = aws_cloudwatch_log_group.build.name
    }
  }
}

resource "aws_codebuild_report_group" "build_fault" {
  name = "shop-prod-tests"
  type = "TEST"
  export_config {
    type = "S3"
    s3_destination {
      bucket              = aws_s3_bucket.build_store.bucket
      encryption_disabled = true
      encryption_key      = aws_kms_key.build.arn
      packaging           = "NONE"
    }
  }
}

resource "aws_codebuild_project" "build_near" {
  name           = "shop-prod-packages"
  description    = "Builds the packages"
  service_role   = aws_iam_role.build.arn
  encryption_key = aws_kms_key.build.arn
  artifacts {
    type     = "S3"
    location = aws_s3_bucket.build_store.bucket
  }
  dynamic "secondary_artifacts" {
    for_each = ["reports", "symbols"]
    content {
      artifact_identifier = secondary_artifacts.value
      type                = "S3"
      location            = aws_s3_bucket.build_store.bucket
      encryption_disabled = secondary_artifacts.value == "maps"
    }
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
      group_name = aws_cloudwatch_log_group.build.name
    }
    s3_logs {
      status = "DISABLED"
    }
  }
}
