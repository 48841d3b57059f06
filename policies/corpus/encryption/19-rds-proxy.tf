# The database proxy accepts connections without TLS.
# Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security.tls
# Fault at: aws_db_proxy.relay_fault
# Near miss at: aws_db_proxy.relay_near

resource "aws_iam_role" "relay" {
  name = "shop-prod-database-proxy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "rds.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "relay" {
  description         = "Database secrets"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "relay" {
  name       = "shop-prod-relay"
  kms_key_id = aws_kms_key.relay.arn
}

resource "aws_db_proxy" "relay_fault" {
  name                   = "shop-prod-relay"
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.relay.arn
  vpc_subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.relay.arn
  }
}

resource "aws_db_proxy" "relay_near" {
  name                   = "shop-prod-relay-tls"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.relay.arn
  vpc_subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.relay.arn
  }
}
