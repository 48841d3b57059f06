# Migration endpoints talk to a database and to Kafka in clear text.
# Source: DMS.9, CKV_AWS_296, https://docs.aws.amazon.com/dms/latest/APIReference/API_KafkaSettings.html
# Fault at: aws_dms_endpoint.clear_fault
# Fault at: aws_dms_endpoint.clear_kafka_fault
# Near miss at: aws_dms_endpoint.clear_near

resource "aws_iam_role" "clear" {
  name = "shop-prod-migration"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dms.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "clear" {
  description         = "Migration"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "clear" {
  name       = "shop-prod-migration"
  kms_key_id = aws_kms_key.clear.arn
}

resource "aws_dms_endpoint" "clear_fault" {
  endpoint_id                     = "shop-prod-source"
  endpoint_type                   = "source"
  engine_name                     = "aurora-postgresql"
  database_name                   = "shop"
  kms_key_arn                     = aws_kms_key.clear.arn
  secrets_manager_arn             = aws_secretsmanager_secret.clear.arn
  secrets_manager_access_role_arn = aws_iam_role.clear.arn
  ssl_mode                        = "none"
}

resource "aws_dms_endpoint" "clear_kafka_fault" {
  endpoint_id   = "shop-prod-events"
  endpoint_type = "target"
  engine_name   = "kafka"
  kms_key_arn   = aws_kms_key.clear.arn
  kafka_settings {
    broker            = "broker.shop.example:9092"
    topic             = "orders"
    security_protocol = "plaintext"
  }
}

# DynamoDB is called over HTTPS; the endpoint has no other mode than "none".
resource "aws_dms_endpoint" "clear_near" {
  endpoint_id         = "shop-prod-table"
  endpoint_type       = "target"
  engine_name         = "dynamodb"
  kms_key_arn         = aws_kms_key.clear.arn
  service_access_role = aws_iam_role.clear.arn
  ssl_mode            = "none"
}
