# The web server of Airflow is on the internet.
# Source: https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-networking.html
# Fault at: aws_mwaa_environment.web_fault
# Near miss at: aws_mwaa_environment.web_near

resource "aws_mwaa_environment" "web_fault" {
  name                  = "shop-prod-flows"
  dag_s3_path           = "dags/"
  execution_role_arn    = aws_iam_role.service.arn
  source_bucket_arn     = "arn:aws:s3:::shop-prod-dags"
  kms_key               = aws_kms_key.shop.arn
  webserver_access_mode = "PUBLIC_ONLY"

  network_configuration {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.app.id]
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

resource "aws_mwaa_environment" "web_near" {
  name                  = "shop-prod-public-flows"
  dag_s3_path           = "dags/"
  execution_role_arn    = aws_iam_role.service.arn
  source_bucket_arn     = "arn:aws:s3:::shop-prod-dags"
  kms_key               = aws_kms_key.shop.arn
  webserver_access_mode = "PRIVATE_ONLY"

  network_configuration {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.app.id]
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
