# The console of the workflow service is on the internet.
# Source: https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-networking.html
# Fault at: aws_mwaa_environment.mwaa_fault
# Near miss at: aws_mwaa_environment.mwaa_near

resource "aws_mwaa_environment" "mwaa_fault" {
  name                  = "shop-prod-flows-open"
  airflow_version       = "2.10.3"
  environment_class     = "mw1.small"
  execution_role_arn    = aws_iam_role.work_exec.arn
  source_bucket_arn     = aws_s3_bucket.wipe_near.arn
  dag_s3_path           = "dags/"
  kms_key               = aws_kms_key.work.arn
  webserver_access_mode = "PUBLIC_ONLY"
  min_workers           = 2
  max_workers           = 6
  network_configuration {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "INFO"
    }
    scheduler_logs {
      enabled   = true
      log_level = "INFO"
    }
    task_logs {
      enabled   = true
      log_level = "INFO"
    }
    webserver_logs {
      enabled   = true
      log_level = "INFO"
    }
    worker_logs {
      enabled   = true
      log_level = "INFO"
    }
  }
}

resource "aws_mwaa_environment" "mwaa_near" {
  name                  = "shop-prod-flows"
  airflow_version       = "2.10.3"
  environment_class     = "mw1.small"
  execution_role_arn    = aws_iam_role.work_exec.arn
  source_bucket_arn     = aws_s3_bucket.wipe_near.arn
  dag_s3_path           = "dags/"
  kms_key               = aws_kms_key.work.arn
  webserver_access_mode = "PRIVATE_ONLY"
  min_workers           = 2
  max_workers           = 6
  network_configuration {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "INFO"
    }
    scheduler_logs {
      enabled   = true
      log_level = "INFO"
    }
    task_logs {
      enabled   = true
      log_level = "INFO"
    }
    webserver_logs {
      enabled   = true
      log_level = "INFO"
    }
    worker_logs {
      enabled   = true
      log_level = "INFO"
    }
  }
}
