# The authority signs for a hundred years and nobody can learn that it took a certificate back.
# Source: https://docs.aws.amazon.com/privateca/latest/userguide/ca-best-practices.html
# Fault at: aws_acmpca_certificate.authority_fault
# Fault at: aws_acmpca_certificate_authority.authority_fault
# Near miss at: aws_acmpca_certificate_authority.authority_near
# Near miss at: aws_acmpca_certificate.authority_near

resource "aws_acmpca_certificate_authority" "authority_fault" {
  type                            = "SUBORDINATE"
  permanent_deletion_time_in_days = 7
  certificate_authority_configuration {
    key_algorithm     = "RSA_2048"
    signing_algorithm = "SHA256WITHRSA"
    subject {
      common_name = "shop-prod-services"
    }
  }
}

resource "aws_acmpca_certificate" "authority_fault" {
  certificate_authority_arn   = aws_acmpca_certificate_authority.authority_near.arn
  certificate_signing_request = aws_acmpca_certificate_authority.authority_fault.certificate_signing_request
  signing_algorithm           = "SHA512WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"
  validity {
    type  = "YEARS"
    value = 100
  }
}

# Certificates live at most seven days, so there is nothing to take back.
resource "aws_acmpca_certificate_authority" "authority_near" {
  type                            = "SUBORDINATE"
  usage_mode                      = "SHORT_LIVED_CERTIFICATE"
  permanent_deletion_time_in_days = 30
  certificate_authority_configuration {
    key_algorithm     = "EC_secp384r1"
    signing_algorithm = "SHA384WITHECDSA"
    subject {
      common_name = "shop-prod-tasks"
    }
  }
}

resource "aws_acmpca_certificate" "authority_near" {
  certificate_authority_arn   = aws_acmpca_certificate_authority.authority_near.arn
  certificate_signing_request = aws_acmpca_certificate_authority.authority_near.certificate_signing_request
  signing_algorithm           = "SHA384WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"
  validity {
    type  = "DAYS"
    value = 7
  }
}
