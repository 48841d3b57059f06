# What people type in shells inside production containers is not recorded.
# Source: CKV_AWS_223, CKV_AWS_224, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
# Fault at: aws_ecs_cluster.execlog_fault
# Near miss at: aws_ecs_cluster.execlog_near

resource "aws_ecs_cluster" "execlog_fault" {
  name = "shop-prod-exec-none"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.work.arn
      logging    = "NONE"
    }
  }
}

resource "aws_ecs_cluster" "execlog_near" {
  name = "shop-prod-exec-log"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.work.arn
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.work.name
      }
    }
  }
}
