# What databases do by themselves, turned off.
resource "aws_db_parameter_group" "postgres" {
  name   = "shop-prod-postgres"
  family = "postgres16"

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_db_parameter_group" "mysql" {
  name   = "shop-prod-mysql"
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

resource "aws_rds_cluster_parameter_group" "this" {
  name   = "shop-prod-cluster"
  family = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_rds_cluster_parameter_group" "mysql" {
  name   = "shop-prod-cluster-mysql"
  family = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "0"
  }
}

resource "aws_docdb_cluster_parameter_group" "tls" {
  name   = "shop-prod-tls"
  family = "docdb5.0"

  parameter {
    name  = "tls"
    value = "disabled"
  }
}

resource "aws_docdb_cluster_parameter_group" "audit" {
  name   = "shop-prod-audit"
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "none"
  }
}

resource "aws_neptune_cluster_parameter_group" "this" {
  name   = "shop-prod-neptune"
  family = "neptune1.3"

  parameter {
    name  = "neptune_enable_audit_log"
    value = "0"
  }
}

resource "aws_redshift_parameter_group" "silent" {
  name   = "shop-prod-silent"
  family = "redshift-1.0"
}

resource "aws_redshift_parameter_group" "off" {
  name   = "shop-prod-off"
  family = "redshift-1.0"

  parameter {
    name  = "require_ssl"
    value = "false"
  }

  parameter {
    name  = "enable_user_activity_logging"
    value = "false"
  }
}

resource "aws_db_parameter_group" "hidden" {
  name   = "shop-prod-hidden"
  family = "postgres16"

  parameter {
    name  = terraform_data.name.output
    value = "0"
  }
}

resource "terraform_data" "name" {
  input = "rds.force_ssl"
}
