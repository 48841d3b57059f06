# The Kafka clusters accept clients without TLS or copy data between brokers in clear text.
# Source: MSK.1, CKV_AWS_81, AVD-AWS-0073
# Fault at: aws_msk_cluster.stream_fault
# Fault at: aws_msk_cluster.stream_inside_fault
# Near miss at: aws_msk_cluster.stream_near

resource "aws_kms_key" "stream" {
  description         = "Kafka"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "stream" {
  name              = "/shop/prod/kafka"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.stream.arn
}

resource "aws_msk_cluster" "stream_fault" {
  cluster_name           = "shop-prod-orders"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.stream.arn
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.stream.name
      }
    }
  }
}

resource "aws_msk_cluster" "stream_inside_fault" {
  cluster_name           = "shop-prod-clicks"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.stream.arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = false
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.stream.name
      }
    }
  }
}

# Without encryption_in_transit both directions use TLS.
resource "aws_msk_cluster" "stream_near" {
  cluster_name           = "shop-prod-stock"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.stream.arn
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.stream.name
      }
    }
  }
}
