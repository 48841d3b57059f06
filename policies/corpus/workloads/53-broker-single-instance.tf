# The message broker is one single instance in one zone.
# Source: MQ.5, https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-architecture.html
# Fault at: aws_mq_broker.mqone_fault
# Near miss at: aws_mq_broker.mqone_near

resource "aws_secretsmanager_secret" "mq" {
  name       = "shop-prod-mq"
  kms_key_id = aws_kms_key.work.arn
}

resource "aws_mq_broker" "mqone_fault" {
  broker_name                = "shop-prod-mq-one"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "SINGLE_INSTANCE"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  subnet_ids                 = [aws_subnet.work_a.id]
  security_groups            = [aws_security_group.work_app.id]
  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.work.arn
  }
  logs {
    general = true
    audit   = true
  }
  user {
    username = "shopapp"
    password = aws_secretsmanager_secret.mq.name_prefix
  }
}

resource "aws_mq_broker" "mqone_near" {
  broker_name                = "shop-prod-mq"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "ACTIVE_STANDBY_MULTI_AZ"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  subnet_ids                 = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups            = [aws_security_group.work_app.id]
  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.work.arn
  }
  logs {
    general = true
    audit   = true
  }
  user {
    username = "shopapp"
    password = aws_secretsmanager_secret.mq.name_prefix
  }
}
