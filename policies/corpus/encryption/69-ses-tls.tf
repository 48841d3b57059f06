# Mail to and from customers may travel without TLS.
# Source: CKV_AWS_365, SES.3
# Fault at: aws_sesv2_configuration_set.mail_fault
# Fault at: aws_ses_receipt_rule.mail_fault
# Near miss at: aws_sesv2_configuration_set.mail_near
# Near miss at: aws_ses_receipt_rule.mail_near

resource "aws_kms_key" "mail" {
  description         = "Mail"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "mail_store" {
  bucket = "shop-prod-mail"
}

resource "aws_s3_bucket_public_access_block" "mail_store" {
  bucket                  = aws_s3_bucket.mail_store.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "mail_store" {
  bucket = aws_s3_bucket.mail_store.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "mail_store" {
  bucket = aws_s3_bucket.mail_store.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.mail.arn
    }
  }
}

resource "aws_sesv2_configuration_set" "mail_fault" {
  configuration_set_name = "shop-prod-orders"
  delivery_options {
    tls_policy = "OPTIONAL"
  }
  reputation_options {
    reputation_metrics_enabled = true
  }
}

resource "aws_ses_receipt_rule" "mail_fault" {
  name          = "shop-prod-orders"
  rule_set_name = "shop-prod-mail"
  recipients    = ["orders@shop.example"]
  enabled       = true
  scan_enabled  = true
  s3_action {
    bucket_name = aws_s3_bucket.mail_store.bucket
    position    = 1
    kms_key_arn = aws_kms_key.mail.arn
  }
}

resource "aws_sesv2_configuration_set" "mail_near" {
  configuration_set_name = "shop-prod-invoices"
  delivery_options {
    tls_policy = "REQUIRE"
  }
  reputation_options {
    reputation_metrics_enabled = true
  }
}

resource "aws_ses_receipt_rule" "mail_near" {
  name          = "shop-prod-invoices"
  rule_set_name = "shop-prod-mail"
  recipients    = ["invoices@shop.example"]
  enabled       = true
  scan_enabled  = true
  tls_policy    = "Require"
  s3_action {
    bucket_name = aws_s3_bucket.mail_store.bucket
    position    = 1
    kms_key_arn = aws_kms_key.mail.arn
  }
}
