# The migration reads the production database without TLS.
# Source: DMS.9
# Fault at: aws_dms_endpoint.dms_fault
# Near miss at: aws_dms_endpoint.dms_near

resource "aws_dms_endpoint" "dms_fault" {
  endpoint_id                     = "shop-prod-orders-plain"
  endpoint_type                   = "source"
  engine_name                     = "aurora"
  kms_key_arn                     = aws_kms_key.work.arn
  secrets_manager_access_role_arn = aws_iam_role.work_exec.arn
  secrets_manager_arn             = aws_secretsmanager_secret.mq.arn
  database_name                   = "orders"
  ssl_mode                        = "none"
}

resource "aws_dms_endpoint" "dms_near" {
  endpoint_id                     = "shop-prod-orders-tls"
  endpoint_type                   = "source"
  engine_name                     = "aurora"
  kms_key_arn                     = aws_kms_key.work.arn
  secrets_manager_access_role_arn = aws_iam_role.work_exec.arn
  secrets_manager_arn             = aws_secretsmanager_secret.mq.arn
  database_name                   = "orders"
  ssl_mode                        = "verify-full"
  certificate_arn                 = aws_dms_certificate.dms.certificate_arn
}

resource "aws_dms_certificate" "dms" {
  certificate_id  = "shop-prod-rds-ca"
  certificate_pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
}
