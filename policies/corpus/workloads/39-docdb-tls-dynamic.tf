# TLS of the document database is switched off by a map that a dynamic block walks through.
# Source: DocumentDB.6, CKV_AWS_90
# Fault at: aws_docdb_cluster_parameter_group.doctls_fault
# Near miss at: aws_docdb_cluster_parameter_group.doctls_near

locals {
  doctls = {
    old = { tls = "disabled", audit_logs = "enabled" }
    new = { tls = "tls1.2+", audit_logs = "enabled" }
  }
}

resource "aws_docdb_cluster_parameter_group" "doctls_fault" {
  name        = "shop-prod-doctls-old"
  family      = "docdb5.0"
  description = "Settings of the catalogue"
  dynamic "parameter" {
    for_each = local.doctls["old"]
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_docdb_cluster_parameter_group" "doctls_near" {
  name        = "shop-prod-doctls"
  family      = "docdb5.0"
  description = "Settings of the catalogue"
  dynamic "parameter" {
    for_each = local.doctls["new"]
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}
