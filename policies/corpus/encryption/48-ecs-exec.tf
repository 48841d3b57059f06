# Sessions inside containers and their logs are not encrypted.
# Source: CKV_AWS_223, CKV_AWS_224
# Fault at: aws_ecs_cluster.session_fault
# Near miss at: aws_ecs_cluster.session_near

resource "aws_kms_key" "session" {
  description         = "Sessions"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "session" {
  name              = "/shop/prod/sessions"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.session.arn
}

resource "aws_ecs_cluster" "session_fault" {
  name = "shop-prod-apps"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      logging = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = false
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.session.name
      }
    }
  }
}

resource "aws_ecs_cluster" "session_near" {
  name = "shop-prod-jobs"
  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.session.arn
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.session.name
        s3_bucket_encryption_enabled   = false
      }
    }
  }
}
