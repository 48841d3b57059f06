# The connector's configuration holds the database password.
# Source: https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-config-provider.html
# Fault at: aws_mskconnect_connector.cdc_fault
# Near miss at: aws_mskconnect_connector.cdc_near

resource "aws_mskconnect_custom_plugin" "cdc" {
  name         = "shop-prod-debezium"
  content_type = "ZIP"
  location {
    s3 {
      bucket_arn = aws_s3_bucket.wipe_near.arn
      file_key   = "debezium-2.7.zip"
    }
  }
}

resource "aws_mskconnect_connector" "cdc_fault" {
  name                       = "shop-prod-cdc-clear"
  kafkaconnect_version       = "2.7.1"
  service_execution_role_arn = aws_iam_role.work_exec.arn
  connector_configuration = {
    "connector.class"   = "io.debezium.connector.mysql.MySqlConnector"
    "tasks.max"         = "1"
    "database.hostname" = "db.shop.internal"
    "database.user"     = "cdc"
    "database.password" = "Wn7kd93LqPz0vYt"
  }
  capacity {
    autoscaling {
      mcu_count        = 1
      min_worker_count = 2
      max_worker_count = 4
      scale_in_policy { cpu_utilization_percentage = 20 }
      scale_out_policy { cpu_utilization_percentage = 80 }
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = aws_msk_cluster.unauth_near.bootstrap_brokers_sasl_iam
      vpc {
        security_groups = [aws_security_group.work_app.id]
        subnets         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
      }
    }
  }
  kafka_cluster_client_authentication { authentication_type = "IAM" }
  kafka_cluster_encryption_in_transit { encryption_type = "TLS" }
  plugin {
    custom_plugin {
      arn      = aws_mskconnect_custom_plugin.cdc.arn
      revision = 1
    }
  }
  log_delivery {
    worker_log_delivery {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.work.name
      }
    }
  }
}

# A reference which the worker resolves from Secrets Manager.
resource "aws_mskconnect_connector" "cdc_near" {
  name                       = "shop-prod-cdc"
  kafkaconnect_version       = "2.7.1"
  service_execution_role_arn = aws_iam_role.work_exec.arn
  connector_configuration = {
    "connector.class"   = "io.debezium.connector.mysql.MySqlConnector"
    "tasks.max"         = "1"
    "database.hostname" = "db.shop.internal"
    "database.user"     = "cdc"
    "database.password" = "$${secretManager:shop-prod-cdc:password}"
  }
  capacity {
    autoscaling {
      mcu_count        = 1
      min_worker_count = 2
      max_worker_count = 4
      scale_in_policy { cpu_utilization_percentage = 20 }
      scale_out_policy { cpu_utilization_percentage = 80 }
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = aws_msk_cluster.unauth_near.bootstrap_brokers_sasl_iam
      vpc {
        security_groups = [aws_security_group.work_app.id]
        subnets         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
      }
    }
  }
  kafka_cluster_client_authentication { authentication_type = "IAM" }
  kafka_cluster_encryption_in_transit { encryption_type = "TLS" }
  plugin {
    custom_plugin {
      arn      = aws_mskconnect_custom_plugin.cdc.arn
      revision = 1
    }
  }
  log_delivery {
    worker_log_delivery {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.work.name
      }
    }
  }
}
