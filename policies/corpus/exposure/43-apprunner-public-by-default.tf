# An internal service of App Runner is public because its ingress is left out.
# Source: https://docs.aws.amazon.com/apprunner/latest/dg/network-pl.html
# Warns: the approvers decide
# Fault at: aws_apprunner_service.ingress_fault
# Near miss at: aws_apprunner_service.ingress_near

resource "aws_apprunner_service" "ingress_fault" {
  service_name = "shop-prod-backoffice"

  encryption_configuration {
    kms_key = aws_kms_key.shop.arn
  }

  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/docker/library/nginx:1.27.2"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

resource "aws_apprunner_service" "ingress_near" {
  service_name = "shop-prod-pricing"

  encryption_configuration {
    kms_key = aws_kms_key.shop.arn
  }

  network_configuration {
    ingress_configuration {
      is_publicly_accessible = false
    }

    egress_configuration {
      egress_type = "DEFAULT"
    }
  }

  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/docker/library/nginx:1.27.2"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}
