# The certificate has a 1024-bit key, and another one is kept out of the transparency logs.
# Source: ACM.2, CKV_AWS_234
# Fault at: aws_acm_certificate.weak_fault
# Fault at: aws_acm_certificate.hidden_fault
# Near miss at: aws_acm_certificate.weak_near

resource "aws_acm_certificate" "weak_fault" {
  domain_name       = "old.shop.example"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate" "hidden_fault" {
  domain_name       = "hidden.shop.example"
  validation_method = "DNS"
  key_algorithm     = "RSA_2048"
  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
  lifecycle {
    create_before_destroy = true
  }
}

# A 256-bit curve is stronger than a 2048-bit RSA key.
resource "aws_acm_certificate" "weak_near" {
  domain_name       = "new.shop.example"
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"
  lifecycle {
    create_before_destroy = true
  }
}
