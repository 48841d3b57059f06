# Beside IAM the brokers also take clients that do not say who they are.
# Source: MSK.6, Prowler kafka_cluster_unrestricted_access_disabled
# Fault at: aws_msk_cluster.unauth_fault
# Near miss at: aws_msk_cluster.unauth_near

resource "aws_msk_cluster" "unauth_fault" {
  cluster_name           = "shop-prod-kafka-nameless"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  configuration_info {
    arn      = aws_msk_configuration.unclean_near.arn
    revision = 1
  }
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
    security_groups = [aws_security_group.work_app.id]
    storage_info {
      ebs_storage_info { volume_size = 200 }
    }
    connectivity_info {
      public_access { type = "DISABLED" }
    }
  }
  client_authentication {
    unauthenticated = true
    sasl { iam = true }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.work.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.work.name
      }
    }
  }
}

resource "aws_msk_cluster" "unauth_near" {
  cluster_name           = "shop-prod-kafka"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  configuration_info {
    arn      = aws_msk_configuration.unclean_near.arn
    revision = 1
  }
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
    security_groups = [aws_security_group.work_app.id]
    storage_info {
      ebs_storage_info { volume_size = 200 }
    }
    connectivity_info {
      public_access { type = "DISABLED" }
    }
  }
  client_authentication {
    unauthenticated = false
    sasl { iam = true }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.work.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.work.name
      }
    }
  }
}
