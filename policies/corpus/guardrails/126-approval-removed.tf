# The pipeline deploys to production without anybody's approval.
# Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html
# Fault at: aws_codepipeline.approval_removed_fault
# Near miss at: aws_codepipeline.approval_removed_near

resource "aws_codepipeline" "approval_removed_fault" {
  name          = "shop-prod-orders"
  role_arn      = "arn:aws:iam:::role/shop-prod-pipeline"
  pipeline_type = "V2"
  artifact_store {
    type     = "S3"
    location = "shop-prod-artifacts"
    encryption_key {
      type = "KMS"
      id   = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
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
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:::connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "shop/orders"
        BranchName       = "main"
      }
    }
  }

  stage {
    name = "Deploy"
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ClusterName = "shop-prod"
        ServiceName = "orders"
      }
    }
  }
}

resource "aws_codepipeline" "approval_removed_near" {
  name          = "shop-prod-billing"
  role_arn      = "arn:aws:iam:::role/shop-prod-pipeline"
  pipeline_type = "V2"
  artifact_store {
    type     = "S3"
    location = "shop-prod-artifacts"
    encryption_key {
      type = "KMS"
      id   = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
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
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:::connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "shop/billing"
        BranchName       = "main"
      }
    }
  }
  stage {
    name = "Review"
    action {
      name     = "Two-people"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
      version  = "1"
      configuration = {
        NotificationArn = "arn:aws:sns:::shop-prod-approvals"
      }
    }
  }

  stage {
    name = "Deploy"
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ClusterName = "shop-prod"
        ServiceName = "billing"
      }
    }
  }
}
