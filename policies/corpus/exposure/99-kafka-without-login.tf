# A Kafka cluster serves clients that do not prove who they are, beside those that do.
# Source: MSK.6, https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
# Fault at: aws_msk_cluster.login_fault
# Near miss at: aws_msk_cluster.login_near

resource "aws_msk_cluster" "login_fault" {
  cluster_name           = "shop-prod-clicks"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  enhanced_monitoring    = "PER_BROKER"

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups = [aws_security_group.app.id]
  }

  client_authentication {
    unauthenticated = true
    sasl {
      iam = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.shop.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.builds.name
      }
    }
  }
}

resource "aws_msk_cluster" "login_near" {
  cluster_name           = "shop-prod-views"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2
  enhanced_monitoring    = "PER_BROKER"

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups = [aws_security_group.app.id]
  }

  client_authentication {
    sasl {
      iam   = true
      scram = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.shop.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.builds.name
      }
    }
  }
}
