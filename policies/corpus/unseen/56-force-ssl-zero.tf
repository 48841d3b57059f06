# A parameter group lets clients connect to the database without TLS.
# Source: CKV2_AWS_69, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
# Fault at: aws_db_parameter_group.force_ssl_fault
# Near miss at: aws_db_parameter_group.force_ssl_near

locals {
  force_ssl = { a = { "rds.force_ssl" = 1 - 1 }, b = { "rds.force_ssl" = 1 } }
}

resource "aws_db_parameter_group" "force_ssl_fault" {
  name        = "shop-prod-force-ssl-a"
  description = "Postgres 16"
  family      = "postgres16"

  dynamic "parameter" {
    for_each = merge(local.force_ssl["a"], { log_connections = 1 })

    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_parameter_group" "force_ssl_near" {
  name        = "shop-prod-force-ssl-b"
  description = "Postgres 16"
  family      = "postgres16"

  dynamic "parameter" {
    for_each = merge(local.force_ssl["b"], { log_connections = 0 })

    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}
