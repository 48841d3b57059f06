# Sessions inside the containers are no longer recorded.
# Source: ECS.12, CKV_AWS_224, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
# Fault at: aws_ecs_cluster.exec_unlogged_fault
# Near miss at: aws_ecs_cluster.exec_unlogged_near

resource "aws_ecs_cluster" "exec_unlogged_fault" {
  name = "shop-prod-orders"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      logging    = "NONE"
    }
  }
}

resource "aws_ecs_cluster" "exec_unlogged_near" {
  name = "shop-prod-billing"
  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      logging    = "OVERRIDE"
      log_configuration {
        s3_bucket_encryption_enabled = true
        s3_bucket_name               = "shop-prod-exec"
        s3_key_prefix                = "sessions"
      }
    }
  }
}
