# The Kafka connector talks to its cluster in clear text.
# Source: MSK.3, https://docs.aws.amazon.com/msk/latest/developerguide/mkc-encryption.html
# Fault at: aws_mskconnect_connector.connector_fault
# Near miss at: aws_mskconnect_connector.connector_near

resource "aws_iam_role" "connector" {
  name = "shop-prod-connector"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "kafkaconnect.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "connector" {
  description         = "Connectors"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "connector_plugins" {
  bucket = "shop-prod-connector-plugins"
}

resource "aws_s3_bucket_public_access_block" "connector_plugins" {
  bucket                  = aws_s3_bucket.connector_plugins.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "connector_plugins" {
  bucket = aws_s3_bucket.connector_plugins.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "connector_plugins" {
  bucket = aws_s3_bucket.connector_plugins.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.connector.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "connector" {
  name              = "/shop/prod/connector"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.connector.arn
}

resource "aws_mskconnect_custom_plugin" "connector" {
  name         = "shop-prod-sink"
  content_type = "ZIP"
  location {
    s3 {
      bucket_arn = aws_s3_bucket.connector_plugins.arn
      file_key   = "sink-1.4.0.zip"
    }
  }
}

resource "aws_mskconnect_connector" "connector_fault" {
  name                       = "shop-prod-sink"
  kafkaconnect_version       = "2.7.1"
  service_execution_role_arn = aws_iam_role.connector.arn
  connector_configuration    = { "connector.class" = "com.shop.Sink", "tasks.max" = "1", "topics" = "orders" }
  capacity {
    provisioned_capacity {
      worker_count = 1
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = "b-1.shop.example:9092,b-2.shop.example:9092"
      vpc {
        security_groups = ["sg-0a1b2c3d4e5f60718"]
        subnets         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
      }
    }
  }
  kafka_cluster_client_authentication {
    authentication_type = "NONE"
  }
  kafka_cluster_encryption_in_transit {
    encryption_type = "PLAINTEXT"
  }
  plugin {
    custom_plugin {
      arn      = aws_mskconnect_custom_plugin.connector.arn
      revision = aws_mskconnect_custom_plugin.connector.latest_revision
    }
  }
  log_delivery {
    worker_log_delivery {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.connector.name
      }
    }
  }
}

resource "aws_mskconnect_connector" "connector_near" {
  name                       = "shop-prod-sink-tls"
  kafkaconnect_version       = "2.7.1"
  service_execution_role_arn = aws_iam_role.connector.arn
  connector_configuration    = { "connector.class" = "com.shop.Sink", "tasks.max" = "1", "topics" = "orders", "errors.deadletterqueue.topic.name" = "plaintext" }
  capacity {
    provisioned_capacity {
      worker_count = 1
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = "b-1.shop.example:9098,b-2.shop.example:9098"
      vpc {
        security_groups = ["sg-0a1b2c3d4e5f60718"]
        subnets         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
      }
    }
  }
  kafka_cluster_client_authentication {
    authentication_type = "IAM"
  }
  kafka_cluster_encryption_in_transit {
    encryption_type = "TLS"
  }
  plugin {
    custom_plugin {
      arn      = aws_mskconnect_custom_plugin.connector.arn
      revision = aws_mskconnect_custom_plugin.connector.latest_revision
    }
  }
  log_delivery {
    worker_log_delivery {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.connector.name
      }
    }
  }
}
