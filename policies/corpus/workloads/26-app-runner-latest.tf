# App Runner deploys whatever somebody pushes under the tag latest.
# Source: https://docs.aws.amazon.com/apprunner/latest/dg/manage-deploy.html, ECR.2
# Fault at: aws_apprunner_service.runner_fault
# Near miss at: aws_apprunner_service.runner_near

resource "aws_apprunner_auto_scaling_configuration_version" "runner" {
  auto_scaling_configuration_name = "shop-prod-runner"
  min_size                        = 2
  max_size                        = 6
  max_concurrency                 = 80
}

resource "aws_apprunner_vpc_connector" "runner" {
  vpc_connector_name = "shop-prod-runner"
  subnets            = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups    = [aws_security_group.work_app.id]
}

resource "aws_apprunner_service" "runner_fault" {
  service_name                   = "shop-prod-runner-latest"
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.runner.arn
  source_configuration {
    auto_deployments_enabled = true
    authentication_configuration { access_role_arn = aws_iam_role.work_exec.arn }
    image_repository {
      image_identifier      = "${aws_ecr_repository.ecrlife_near.repository_url}:latest"
      image_repository_type = "ECR"
      image_configuration { port = "8080" }
    }
  }
  encryption_configuration { kms_key = aws_kms_key.work.arn }
  network_configuration {
    ingress_configuration { is_publicly_accessible = false }
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.runner.arn
    }
  }
  health_check_configuration {
    protocol = "HTTP"
    path     = "/healthz"
  }
}

resource "aws_apprunner_service" "runner_near" {
  service_name                   = "shop-prod-runner"
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.runner.arn
  source_configuration {
    auto_deployments_enabled = false
    authentication_configuration { access_role_arn = aws_iam_role.work_exec.arn }
    image_repository {
      image_identifier      = "${aws_ecr_repository.ecrlife_near.repository_url}:2025.06.latest-3"
      image_repository_type = "ECR"
      image_configuration { port = "8080" }
    }
  }
  encryption_configuration { kms_key = aws_kms_key.work.arn }
  network_configuration {
    ingress_configuration { is_publicly_accessible = false }
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.runner.arn
    }
  }
  health_check_configuration {
    protocol = "HTTP"
    path     = "/healthz"
  }
}
