# A build downloads a script from the internet and runs it with the role of the build.
# Source: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
# Fault at: aws_codebuild_project.cbspec_fault
# Near miss at: aws_codebuild_project.cbspec_near

resource "aws_iam_role" "cbspec_role" {
  name               = "shop-prod-cbspec-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }] })
}

resource "aws_kms_key" "cbspec_key" {
  description         = "Key for cbspec_key"
  enable_key_rotation = true
}

resource "aws_codebuild_project" "cbspec_fault" {
  name           = "shop-prod-cbspec-fault"
  service_role   = aws_iam_role.cbspec_role.arn
  encryption_key = aws_kms_key.cbspec_key.arn
  build_timeout  = 30

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
      status     = "ENABLED"
      group_name = "shop-prod-cbspec"
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = yamlencode({ version = 0.2, phases = { build = { commands = ["bash <(curl -s https://codecov.example.net/bash)"] } } })
  }
}

resource "aws_codebuild_project" "cbspec_near" {
  name           = "shop-prod-cbspec-near"
  service_role   = aws_iam_role.cbspec_role.arn
  encryption_key = aws_kms_key.cbspec_key.arn
  build_timeout  = 30

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
      status     = "ENABLED"
      group_name = "shop-prod-cbspec"
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = yamlencode({ version = 0.2, phases = { install = { commands = ["npm ci --ignore-scripts"] }, build = { commands = ["npm test", "bash scripts/package.sh"] } } })
  }
}
