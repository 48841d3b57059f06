# The build takes its source from a server whose certificate it does not check.
# Source: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html (insecureSsl)
# Fault at: aws_codebuild_project.cbssl_fault
# Near miss at: aws_codebuild_project.cbssl_near

resource "aws_codebuild_project" "cbssl_fault" {
  name           = "shop-prod-git-any"
  service_role   = aws_iam_role.work_exec.arn
  encryption_key = aws_kms_key.work.arn

  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type            = "GITHUB_ENTERPRISE"
    location        = "https://git.shop.internal/shop/orders.git"
    buildspec       = "buildspec.yml"
    insecure_ssl    = true
    git_clone_depth = 1
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

resource "aws_codebuild_project" "cbssl_near" {
  name           = "shop-prod-git"
  service_role   = aws_iam_role.work_exec.arn
  encryption_key = aws_kms_key.work.arn

  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type            = "GITHUB_ENTERPRISE"
    location        = "https://git.shop.internal/shop/orders.git"
    buildspec       = "buildspec.yml"
    insecure_ssl    = false
    git_clone_depth = 1
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
