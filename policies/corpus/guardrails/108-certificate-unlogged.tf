# The certificate does not appear in the public logs of certificates.
# Source: CKV_AWS_234
# Fault at: aws_acm_certificate.certificate_unlogged_fault
# Near miss at: aws_acm_certificate.certificate_unlogged_near

resource "aws_acm_certificate" "certificate_unlogged_fault" {
  domain_name       = "orders.shop.example"
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"
  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "certificate_unlogged_near" {
  domain_name       = "billing.shop.example"
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"
  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
  lifecycle {
    create_before_destroy = true
  }
}
