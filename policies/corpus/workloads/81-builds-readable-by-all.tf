# Logs and results of the production builds can be read by anybody.
# Source: Prowler codebuild_project_not_publicly_accessible, https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html
# Fault at: aws_codebuild_project.cbpub_fault
# Near miss at: aws_codebuild_project.cbpub_near

resource "aws_codebuild_project" "cbpub_fault" {
  name                 = "shop-prod-build-open"
  service_role         = aws_iam_role.work_exec.arn
  encryption_key       = aws_kms_key.work.arn
  project_visibility   = "PUBLIC_READ"
  resource_access_role = aws_iam_role.work_task.arn
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.work.name
      status     = "ENABLED"
    }
  }
  vpc_config {
    vpc_id             = aws_vpc.work.id
    subnets            = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
}

resource "aws_codebuild_project" "cbpub_near" {
  name               = "shop-prod-build"
  service_role       = aws_iam_role.work_exec.arn
  encryption_key     = aws_kms_key.work.arn
  project_visibility = "PRIVATE"
  badge_enabled      = false
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.work.name
      status     = "ENABLED"
    }
  }
  vpc_config {
    vpc_id             = aws_vpc.work.id
    subnets            = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
}
