# A build has a token of a package registry in a plain variable.
# Source: CodeBuild.2
# Fault at: aws_codebuild_project.seccb_fault
# Near miss at: aws_codebuild_project.seccb_near

resource "aws_iam_role" "seccb_role" {
  name               = "shop-prod-seccb-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }] })
}

resource "aws_kms_key" "seccb_key" {
  description         = "Key for seccb_key"
  enable_key_rotation = true
}

resource "aws_codebuild_project" "seccb_fault" {
  name           = "shop-prod-seccb-fault"
  service_role   = aws_iam_role.seccb_role.arn
  encryption_key = aws_kms_key.seccb_key.arn
  build_timeout  = 30

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"

    environment_variable {
      name  = "REGISTRY_LINE"
      value = "//registry.npmjs.org/:_authToken=npm_WcUa29GUFvf5FC4flvF3lHkJfDQuRH2Mykf6"
    }

    environment_variable {
      name  = "TWINE"
      value = "pypi-AgEIcHlwaS5vcmcZBviK3k5gdnakyUx3nb75jouCgMt1VVXxMLYlhHzommulCnio4qXBN8BbH6CrPSAYr70eOreG6RTRLupHgxWhWFYOjx58V7oED1fMrFjQDbFMdPSywHRdL5xgTUFwFT8v1c12N2tulah"
    }
  }

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "shop-prod-seccb"
    }
  }

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_codebuild_project" "seccb_near" {
  name           = "shop-prod-seccb-near"
  service_role   = aws_iam_role.seccb_role.arn
  encryption_key = aws_kms_key.seccb_key.arn
  build_timeout  = 30

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"

    environment_variable {
      name  = "NPM_TOKEN"
      value = "/shop-prod/npm-token"
      type  = "PARAMETER_STORE"
    }

    environment_variable {
      name  = "PYPI_PASSWORD"
      value = "shop-prod-pypi:password"
      type  = "SECRETS_MANAGER"
    }
  }

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "shop-prod-seccb"
    }
  }

  source {
    type = "CODEPIPELINE"
  }
}
