# The brokers of events write no log.
# Source: MSK, CKV_AWS_80
# Fault at: aws_msk_cluster.broker_unlogged_fault
# Near miss at: aws_msk_cluster.broker_unlogged_near

resource "aws_msk_cluster" "broker_unlogged_fault" {
  cluster_name           = "shop-prod-orders"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled = false
      }
      s3 {
        enabled = false
      }
    }
  }
}

resource "aws_msk_cluster" "broker_unlogged_near" {
  cluster_name           = "shop-prod-billing"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled = false
      }
      s3 {
        enabled = true
        bucket  = "shop-prod-broker-logs"
      }
    }
  }
}
