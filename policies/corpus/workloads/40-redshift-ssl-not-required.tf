# The warehouse accepts connections without TLS.
# Source: Redshift.2, CKV_AWS_105
# Fault at: aws_redshift_parameter_group.rsssl_fault
# Near miss at: aws_redshift_parameter_group.rsssl_near

resource "aws_redshift_parameter_group" "rsssl_fault" {
  name        = "shop-prod-rsssl-off"
  family      = "redshift-1.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_ssl"
    value = "FALSE"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "rsssl_near" {
  name        = "shop-prod-rsssl"
  family      = "redshift-1.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_ssl"
    value = "TRUE"
  }
  parameter {
    name  = "use_fips_ssl"
    value = "false"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}
