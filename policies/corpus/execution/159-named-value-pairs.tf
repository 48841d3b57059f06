# Builds and environments have readable passwords in pairs of name and value.
# Source: CodeBuild.2
# Fault at: aws_codebuild_project.secpair_fault
# Fault at: aws_elastic_beanstalk_configuration_template.secpair_fault
# Fault at: aws_emr_security_configuration.secpair_fault
# Near miss at: aws_elastic_beanstalk_configuration_template.secpair_near

resource "aws_iam_role" "secpair_role" {
  name               = "shop-prod-secpair-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }] })
}

resource "aws_kms_key" "secpair_key" {
  description         = "Key for secpair_key"
  enable_key_rotation = true
}

resource "aws_codebuild_project" "secpair_fault" {
  name           = "shop-prod-secpair-fault"
  service_role   = aws_iam_role.secpair_role.arn
  encryption_key = aws_kms_key.secpair_key.arn
  build_timeout  = 30

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"

    environment_variable {
      name  = "DOCKER_PASSWORD"
      value = "Sommer2024"
    }
  }

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "shop-prod-secpair"
    }
  }

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_elastic_beanstalk_application" "secpair_app" {
  name = "shop-prod-secpair"
}

resource "aws_elastic_beanstalk_configuration_template" "secpair_fault" {
  name                = "shop-prod-secpair-fault"
  application         = aws_elastic_beanstalk_application.secpair_app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  setting {
    namespace = "aws:rds:dbinstance"
    name      = "DBPassword"
    value     = "Sommer2024"
  }
}

resource "aws_emr_security_configuration" "secpair_fault" {
  name = "shop-prod-secpair"
  configuration = jsonencode({ AuthenticationConfiguration = { KerberosConfiguration = { Provider = "ClusterDedicatedKdc", KdcAdminPassword = "Sommer2024" } }, EncryptionConfiguration = {
    EnableInTransitEncryption = true, EnableAtRestEncryption = true
    InTransitEncryptionConfiguration = { TLSCertificateConfiguration = { CertificateProviderType = "PEM", S3Object = "s3://shop-prod-certs/emr.zip" } }
    AtRestEncryptionConfiguration = { S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" } }
  } })
}

resource "aws_elastic_beanstalk_configuration_template" "secpair_near" {
  name                = "shop-prod-secpair-near"
  application         = aws_elastic_beanstalk_application.secpair_app.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "PASSWORD_HASHER"
    value     = "argon2id"
  }
}
