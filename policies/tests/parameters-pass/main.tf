# The same parameters turned on, values that only look alike, and groups that leave them as they are.
resource "aws_db_parameter_group" "postgres" {
  name   = "shop-prod-postgres"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_db_parameter_group" "mysql" {
  name   = "shop-prod-mysql"
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }

  parameter {
    name  = "max_connections"
    value = "0"
  }
}

resource "aws_rds_cluster_parameter_group" "this" {
  name   = "shop-prod-cluster"
  family = "aurora-postgresql16"
}

resource "aws_docdb_cluster_parameter_group" "tls" {
  name   = "shop-prod-tls"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "tls1.2+"
  }

  parameter {
    name  = "audit_logs"
    value = "all"
  }
}

resource "aws_neptune_cluster_parameter_group" "this" {
  name   = "shop-prod-neptune"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enable_audit_log"
    value = "1"
  }
}

resource "aws_redshift_parameter_group" "this" {
  name   = "shop-prod-on"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "TRUE"
  }
}

# A parameter whose value is the name of a resource.
resource "aws_db_parameter_group" "named" {
  name   = "shop-prod-named"
  family = "mysql8.0"

  parameter {
    name  = "init_connect"
    value = aws_rds_cluster_parameter_group.this.arn
  }
}
