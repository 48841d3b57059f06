# A service of App Runner has the key of a Google API in its environment.
# Source: https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html
# Fault at: aws_apprunner_service.secapp_fault
# Near miss at: aws_apprunner_service.secapp_near

resource "aws_iam_role" "secapp_role" {
  name               = "shop-prod-secapp-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "build.apprunner.amazonaws.com" } }] })
}

resource "aws_kms_key" "secapp_key" {
  description         = "Key for secapp_key"
  enable_key_rotation = true
}

resource "aws_apprunner_service" "secapp_fault" {
  service_name = "shop-prod-secapp-fault"

  source_configuration {
    auto_deployments_enabled = false

    authentication_configuration {
      access_role_arn = aws_iam_role.secapp_role.arn
    }

    image_repository {
      image_identifier      = "public.ecr.aws/docker/library/nginx:1.27.0"
      image_repository_type = "ECR_PUBLIC"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { MAPS = "AIzatPZ2EznBVbbOYClp0hrS28Z33uicLkMwLmL" }
      }
    }
  }

  encryption_configuration {
    kms_key = aws_kms_key.secapp_key.arn
  }

  health_check_configuration {
    protocol = "HTTP"
    path     = "/healthz"
  }
}

resource "aws_apprunner_service" "secapp_near" {
  service_name = "shop-prod-secapp-near"

  source_configuration {
    auto_deployments_enabled = false

    authentication_configuration {
      access_role_arn = aws_iam_role.secapp_role.arn
    }

    image_repository {
      image_identifier      = "public.ecr.aws/docker/library/nginx:1.27.0"
      image_repository_type = "ECR_PUBLIC"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { MAPS_URL = "https://maps.example.com/?style=AIzaStyle" }
        runtime_environment_secrets   = { MAPS_KEY = "/shop-prod/maps-key" }
      }
    }
  }

  encryption_configuration {
    kms_key = aws_kms_key.secapp_key.arn
  }

  health_check_configuration {
    protocol = "HTTP"
    path     = "/healthz"
  }
}
