# A delivery stream contains the token of a Splunk collector.
# Source: https://docs.aws.amazon.com/firehose/latest/dev/secrets-manager-whats-secret.html
# Fault at: aws_kinesis_firehose_delivery_stream.secfh_fault
# Near miss at: aws_kinesis_firehose_delivery_stream.secfh_near

resource "aws_iam_role" "secfh_role" {
  name               = "shop-prod-secfh-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "firehose.amazonaws.com" } }] })
}

resource "aws_kms_key" "secfh_key" {
  description         = "Key for secfh_key"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "secfh_secret" {
  name       = "shop-prod-secfh"
  kms_key_id = aws_kms_key.secfh_key.arn
}

resource "aws_kinesis_firehose_delivery_stream" "secfh_fault" {
  name        = "shop-prod-secfh-fault"
  destination = "splunk"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.secfh_key.arn
  }

  splunk_configuration {
    hec_endpoint = "https://splunk.example.com:8088"
    hec_token    = "eab763bd-4bd2-b81a-7973-c6b760f0fed2"

    s3_configuration {
      role_arn    = aws_iam_role.secfh_role.arn
      bucket_arn  = "arn:aws:s3:::shop-prod-secfh"
      kms_key_arn = aws_kms_key.secfh_key.arn
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "secfh_near" {
  name        = "shop-prod-secfh-near"
  destination = "splunk"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.secfh_key.arn
  }

  splunk_configuration {
    hec_endpoint = "https://splunk.example.com:8088"

    secrets_manager_configuration {
      enabled    = true
      role_arn   = aws_iam_role.secfh_role.arn
      secret_arn = aws_secretsmanager_secret.secfh_secret.arn
    }

    s3_configuration {
      role_arn    = aws_iam_role.secfh_role.arn
      bucket_arn  = "arn:aws:s3:::shop-prod-secfh"
      kms_key_arn = aws_kms_key.secfh_key.arn
    }
  }
}
