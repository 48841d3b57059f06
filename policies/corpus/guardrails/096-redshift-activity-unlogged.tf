# The warehouse no longer logs the statements of its users.
# Source: Redshift.4, CKV_AWS_71
# Fault at: aws_redshift_parameter_group.redshift_activity_unlogged_fault
# Near miss at: aws_redshift_parameter_group.redshift_activity_unlogged_near

resource "aws_redshift_parameter_group" "redshift_activity_unlogged_fault" {
  name   = "shop-prod-orders"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "false"
  }
}

resource "aws_redshift_parameter_group" "redshift_activity_unlogged_near" {
  name   = "shop-prod-billing"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
  parameter {
    name  = "statement_timeout"
    value = "600000"
  }
}
