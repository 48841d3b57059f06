# File transfer servers offer FTP in clear text or an old set of ciphers, and a partner link has no encryption.
# Source: Transfer.2, CKV_AWS_357, CKV_AWS_380, https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html
# Fault at: aws_transfer_server.exchange_fault
# Fault at: aws_transfer_server.exchange_old_fault
# Fault at: aws_transfer_connector.exchange_fault
# Near miss at: aws_transfer_server.exchange_near

resource "aws_iam_role" "exchange" {
  name = "shop-prod-exchange"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "transfer.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "exchange" {
  description         = "Exchange"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "exchange" {
  name              = "/shop/prod/exchange"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.exchange.arn
}

resource "aws_acm_certificate" "exchange" {
  domain_name       = "files.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_transfer_server" "exchange_fault" {
  endpoint_type               = "VPC"
  protocols                   = ["SFTP", "FTP"]
  identity_provider_type      = "AWS_DIRECTORY_SERVICE"
  directory_id                = "d-0123456789"
  security_policy_name        = "TransferSecurityPolicy-2024-01"
  logging_role                = aws_iam_role.exchange.arn
  structured_log_destinations = ["${aws_cloudwatch_log_group.exchange.arn}:*"]
  endpoint_details {
    vpc_id             = "vpc-0a1b2c3d4e5f60718"
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  tags = { Name = "shop-prod-exchange" }
}

resource "aws_transfer_server" "exchange_old_fault" {
  endpoint_type               = "VPC"
  protocols                   = ["SFTP"]
  identity_provider_type      = "SERVICE_MANAGED"
  security_policy_name        = "TransferSecurityPolicy-2018-11"
  logging_role                = aws_iam_role.exchange.arn
  structured_log_destinations = ["${aws_cloudwatch_log_group.exchange.arn}:*"]
  endpoint_details {
    vpc_id             = "vpc-0a1b2c3d4e5f60718"
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  tags = { Name = "shop-prod-exchange-old" }
}

resource "aws_transfer_connector" "exchange_fault" {
  access_role  = aws_iam_role.exchange.arn
  logging_role = aws_iam_role.exchange.arn
  url          = "http://as2.partner.example:4080"
  as2_config {
    compression           = "DISABLED"
    encryption_algorithm  = "NONE"
    signing_algorithm     = "NONE"
    message_subject       = "Orders"
    local_profile_id      = "p-0123456789abcdef0"
    partner_profile_id    = "p-0123456789abcdef1"
    mdn_response          = "SYNC"
    mdn_signing_algorithm = "NONE"
  }
  tags = { Name = "shop-prod-partner" }
}

# FTPS is FTP inside TLS.
resource "aws_transfer_server" "exchange_near" {
  endpoint_type               = "VPC"
  protocols                   = ["SFTP", "FTPS"]
  certificate                 = aws_acm_certificate.exchange.arn
  identity_provider_type      = "AWS_DIRECTORY_SERVICE"
  directory_id                = "d-0123456789"
  security_policy_name        = "TransferSecurityPolicy-FIPS-2024-05"
  logging_role                = aws_iam_role.exchange.arn
  structured_log_destinations = ["${aws_cloudwatch_log_group.exchange.arn}:*"]
  endpoint_details {
    vpc_id             = "vpc-0a1b2c3d4e5f60718"
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  tags = { Name = "shop-prod-exchange-tls" }
}
