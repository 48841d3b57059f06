# The pipeline keeps its artifacts with AWS's key for S3 instead of one of the account.
# Source: CKV_AWS_219
# Warns: the approvers decide
# Fault at: aws_codepipeline.delivery_fault
# Near miss at: aws_codepipeline.delivery_near

resource "aws_kms_key" "delivery" {
  description         = "Deliveries"
  enable_key_rotation = true
}

resource "aws_iam_role" "delivery" {
  name = "shop-prod-delivery"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codepipeline.amazonaws.com" }
    }]
  })
}

resource "aws_s3_bucket" "delivery_store" {
  bucket = "shop-prod-delivery"
}

resource "aws_s3_bucket_public_access_block" "delivery_store" {
  bucket                  = aws_s3_bucket.delivery_store.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "delivery_store" {
  bucket = aws_s3_bucket.delivery_store.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "delivery_store" {
  bucket = aws_s3_bucket.delivery_store.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.delivery.arn
    }
  }
}

resource "aws_codestarconnections_connection" "delivery" {
  name          = "shop-prod-source"
  provider_type = "GitHub"
}

locals {
  delivery_keys = { web = null, api = aws_kms_key.delivery.arn }
}

resource "aws_codepipeline" "delivery_fault" {
  name          = "shop-prod-web"
  role_arn      = aws_iam_role.delivery.arn
  pipeline_type = "V2"
  artifact_store {
    location = aws_s3_bucket.delivery_store.bucket
    type     = "S3"
    dynamic "encryption_key" {
      for_each = [for k, v in local.delivery_keys : v if k == "website"]
      content {
        id   = encryption_key.value
        type = "KMS"
      }
    }
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration    = { ConnectionArn = aws_codestarconnections_connection.delivery.arn, FullRepositoryId = "shop-example/web", BranchName = "main" }
    }
  }
  stage {
    name = "Build"
    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration   = { ProjectName = "shop-prod-checks" }
    }
  }
}

resource "aws_codepipeline" "delivery_near" {
  name          = "shop-prod-api"
  role_arn      = aws_iam_role.delivery.arn
  pipeline_type = "V2"
  artifact_store {
    location = aws_s3_bucket.delivery_store.bucket
    type     = "S3"
    dynamic "encryption_key" {
      for_each = [for k, v in local.delivery_keys : v if k == "api"]
      content {
        id   = encryption_key.value
        type = "KMS"
      }
    }
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration    = { ConnectionArn = aws_codestarconnections_connection.delivery.arn, FullRepositoryId = "shop-example/api", BranchName = "main" }
    }
  }
  stage {
    name = "Build"
    action {
      name            = "Build"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration   = { ProjectName = "shop-prod-checks" }
    }
  }
}
