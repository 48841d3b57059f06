# A Redshift namespace has the password of its administrator in the source.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
# Fault at: aws_redshiftserverless_namespace.secrs_fault
# Near miss at: aws_redshiftserverless_namespace.secrs_near

resource "aws_kms_key" "secrs_key" {
  description         = "Key for secrs_key"
  enable_key_rotation = true
}

resource "aws_redshiftserverless_namespace" "secrs_fault" {
  namespace_name      = "shop-prod-secrs-fault"
  admin_username      = "shop"
  admin_user_password = "Analytics2024"
  kms_key_id          = aws_kms_key.secrs_key.arn
  log_exports         = ["userlog", "connectionlog", "useractivitylog"]
}

resource "aws_redshiftserverless_namespace" "secrs_near" {
  namespace_name                   = "shop-prod-secrs-near"
  admin_username                   = "shop"
  manage_admin_password            = true
  admin_password_secret_kms_key_id = aws_kms_key.secrs_key.arn
  kms_key_id                       = aws_kms_key.secrs_key.arn
  log_exports                      = ["userlog", "connectionlog", "useractivitylog"]
}
