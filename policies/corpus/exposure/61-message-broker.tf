# A message broker and its web console are on the internet.
# Source: CKV_AWS_69, AVD-AWS-0072
# Fault at: aws_mq_broker.public_fault
# Near miss at: aws_mq_broker.public_near

variable "broker_password" {
  description = "Password of the broker's user."
  type        = string
  sensitive   = true
  default     = "setbythepipeline"
}

resource "aws_mq_broker" "public_fault" {
  broker_name                = "shop-prod-queue"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "SINGLE_INSTANCE"
  auto_minor_version_upgrade = true
  publicly_accessible        = true
  subnet_ids                 = [aws_subnet.public_a.id]

  encryption_options {
    kms_key_id        = aws_kms_key.shop.arn
    use_aws_owned_key = false
  }

  logs {
    audit   = true
    general = true
  }

  user {
    username = "shop"
    password = var.broker_password
  }
}

resource "aws_mq_broker" "public_near" {
  broker_name                = "shop-prod-relay"
  engine_type                = "ActiveMQ"
  engine_version             = "5.18"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "ACTIVE_STANDBY_MULTI_AZ"
  auto_minor_version_upgrade = true
  publicly_accessible        = false
  subnet_ids                 = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_groups            = [aws_security_group.app.id]

  encryption_options {
    kms_key_id        = aws_kms_key.shop.arn
    use_aws_owned_key = false
  }

  logs {
    audit   = true
    general = true
  }

  user {
    username = "shop"
    password = var.broker_password
  }
}
