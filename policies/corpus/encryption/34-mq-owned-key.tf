# The message broker is encrypted with a key that AWS owns.
# Source: CKV_AWS_209, AVD-AWS-0070
# Warns: the approvers decide
# Fault at: aws_mq_broker.owned_fault
# Near miss at: aws_mq_broker.owned_near

resource "aws_kms_key" "owned" {
  description         = "Brokers"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "owned" {
  name       = "shop-prod-broker"
  kms_key_id = aws_kms_key.owned.arn
}

data "aws_secretsmanager_secret_version" "owned" {
  secret_id = aws_secretsmanager_secret.owned.id
}

resource "aws_mq_broker" "owned_fault" {
  broker_name                = "shop-prod-broker"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "ACTIVE_STANDBY_MULTI_AZ"
  auto_minor_version_upgrade = true
  publicly_accessible        = false
  subnet_ids                 = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  encryption_options {
    use_aws_owned_key = true
  }
  logs {
    general = true
    audit   = true
  }
  user {
    username = "shop"
    password = data.aws_secretsmanager_secret_version.owned.secret_string
  }
}

resource "aws_mq_broker" "owned_near" {
  broker_name                = "shop-prod-broker-keyed"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "ACTIVE_STANDBY_MULTI_AZ"
  auto_minor_version_upgrade = true
  publicly_accessible        = false
  subnet_ids                 = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.owned.arn
  }
  logs {
    general = true
    audit   = true
  }
  user {
    username = "shop"
    password = data.aws_secretsmanager_secret_version.owned.secret_string
  }
}
