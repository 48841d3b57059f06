# A broker has a user whose password is written in the source.
# Source: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html
# Fault at: aws_mq_broker.secmq_fault
# Near miss at: aws_mq_broker.secmq_near

resource "aws_kms_key" "secmq_key" {
  description         = "Key for secmq_key"
  enable_key_rotation = true
}

resource "aws_vpc" "secmq_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "secmq_subnet" {
  vpc_id     = aws_vpc.secmq_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "secmq_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.secmq_key]
}

data "aws_secretsmanager_random_password" "secmq_password" {
  password_length     = 30
  exclude_punctuation = true
  depends_on          = [aws_kms_key.secmq_key]
}

resource "aws_mq_broker" "secmq_fault" {
  broker_name                = "shop-prod-secmq-fault"
  engine_type                = "RabbitMQ"
  engine_version             = "3.13"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "CLUSTER_MULTI_AZ"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  subnet_ids                 = [aws_subnet.secmq_subnet.id]

  user {
    username = "shop"
    password = "shopbroker2024"
  }

  logs {
    general = true
  }

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.secmq_key.arn
  }
}

resource "aws_mq_broker" "secmq_near" {
  broker_name                = "shop-prod-secmq-near"
  engine_type                = "RabbitMQ"
  engine_version             = "3.13"
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "CLUSTER_MULTI_AZ"
  publicly_accessible        = false
  auto_minor_version_upgrade = true
  subnet_ids                 = [aws_subnet.secmq_subnet.id]

  user {
    username = "shop"
    password = data.aws_secretsmanager_random_password.secmq_password.random_password
  }

  logs {
    general = true
  }

  encryption_options {
    use_aws_owned_key = false
    kms_key_id        = aws_kms_key.secmq_key.arn
  }
}
