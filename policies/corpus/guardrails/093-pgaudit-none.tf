# The parameter group of the database records no statement any more.
# Source: RDS.36, CKV2_AWS_30
# Fault at: aws_db_parameter_group.pgaudit_none_fault
# Near miss at: aws_db_parameter_group.pgaudit_none_near

resource "aws_db_parameter_group" "pgaudit_none_fault" {
  name   = "shop-prod-orders"
  family = "postgres16"
  parameter {
    name  = "pgaudit.log"
    value = "none"
  }
  parameter {
    name  = "log_connections"
    value = "0"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "pgaudit_none_near" {
  name   = "shop-prod-billing"
  family = "postgres16"
  parameter {
    name  = "pgaudit.log"
    value = "ddl,role,write"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}
