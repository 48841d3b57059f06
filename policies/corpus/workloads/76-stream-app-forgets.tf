# The stream application makes no checkpoints, so it loses its totals when it restarts.
# Source: https://docs.aws.amazon.com/managed-flink/latest/java/how-fault.html
# Fault at: aws_kinesisanalyticsv2_application.flink_fault
# Near miss at: aws_kinesisanalyticsv2_application.flink_near

resource "aws_kinesisanalyticsv2_application" "flink_fault" {
  name                   = "shop-prod-totals-lossy"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.work_exec.arn
  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"
      code_content {
        s3_content_location {
          bucket_arn = aws_s3_bucket.wipe_near.arn
          file_key   = "totals.jar"
        }
      }
    }
    application_snapshot_configuration { snapshots_enabled = true }
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "CUSTOM"
        checkpointing_enabled = false
      }
      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = "INFO"
        metrics_level      = "TASK"
      }
      parallelism_configuration {
        configuration_type   = "CUSTOM"
        auto_scaling_enabled = true
        parallelism          = 2
        parallelism_per_kpu  = 1
      }
    }
    vpc_configuration {
      subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
      security_group_ids = [aws_security_group.work_app.id]
    }
  }
  cloudwatch_logging_options {
    log_stream_arn = "${aws_cloudwatch_log_group.work.arn}:log-stream:shop-prod-totals-lossy"
  }
}

resource "aws_kinesisanalyticsv2_application" "flink_near" {
  name                   = "shop-prod-totals"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.work_exec.arn
  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"
      code_content {
        s3_content_location {
          bucket_arn = aws_s3_bucket.wipe_near.arn
          file_key   = "totals.jar"
        }
      }
    }
    application_snapshot_configuration { snapshots_enabled = true }
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type            = "CUSTOM"
        checkpointing_enabled         = true
        checkpoint_interval           = 60000
        min_pause_between_checkpoints = 5000
      }
      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = "INFO"
        metrics_level      = "TASK"
      }
      parallelism_configuration {
        configuration_type   = "CUSTOM"
        auto_scaling_enabled = true
        parallelism          = 2
        parallelism_per_kpu  = 1
      }
    }
    vpc_configuration {
      subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
      security_group_ids = [aws_security_group.work_app.id]
    }
  }
  cloudwatch_logging_options {
    log_stream_arn = "${aws_cloudwatch_log_group.work.arn}:log-stream:shop-prod-totals"
  }
}
