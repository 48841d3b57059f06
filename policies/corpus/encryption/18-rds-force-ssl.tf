# Parameter groups let clients connect to the databases without TLS.
# Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html, Security Hub RDS.38, RDS.39
# Fault at: aws_db_parameter_group.force_ssl_fault
# Fault at: aws_rds_cluster_parameter_group.force_ssl_fault
# Near miss at: aws_db_parameter_group.force_ssl_near

locals {
  force_ssl_parameters = { "log_connections" = "1", "rds.force_ssl" = "0" }
}

resource "aws_db_parameter_group" "force_ssl_fault" {
  name        = "shop-prod-postgres"
  family      = "postgres16"
  description = "Parameters of the order database"

  dynamic "parameter" {
    for_each = local.force_ssl_parameters
    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }
}

resource "aws_rds_cluster_parameter_group" "force_ssl_fault" {
  name        = "shop-prod-aurora"
  family      = "aurora-mysql8.0"
  description = "Parameters of the catalog"
  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

# rds.force_ssl is 1 by default since PostgreSQL 15.
resource "aws_db_parameter_group" "force_ssl_near" {
  name        = "shop-prod-postgres-default"
  family      = "postgres16"
  description = "Parameters of the session database"
  parameter {
    name  = "log_connections"
    value = "0"
  }
}
