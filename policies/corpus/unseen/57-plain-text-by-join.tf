# A Kafka cluster also accepts clients without TLS.
# Source: CKV_AWS_81, MSK.1
# Fault at: aws_msk_cluster.joined_tls_fault
# Near miss at: aws_msk_cluster.joined_tls_near

locals {
  joined_tls = ["TLS", "PLAINTEXT"]
}

resource "aws_kms_key" "joined_tls" {
  description             = "Kafka"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_security_group" "joined_tls" {
  name        = "shop-prod-joined-tls"
  description = "Kafka"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_cloudwatch_log_group" "joined_tls" {
  name              = "shop-prod-joined-tls"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.joined_tls.arn
}

resource "aws_msk_cluster" "joined_tls_fault" {
  cluster_name           = "shop-prod-joined-tls-a"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_groups = [aws_security_group.joined_tls.id]
  }

  client_authentication {
    sasl {
      iam = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.joined_tls.arn

    encryption_in_transit {
      client_broker = join("_", local.joined_tls)
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.joined_tls.name
      }
    }
  }
}

resource "aws_msk_cluster" "joined_tls_near" {
  cluster_name           = "shop-prod-joined-tls-b"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_groups = [aws_security_group.joined_tls.id]
  }

  client_authentication {
    sasl {
      iam = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.joined_tls.arn

    encryption_in_transit {
      client_broker = join("_", slice(local.joined_tls, 0, 1))
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.joined_tls.name
      }
    }
  }
}
