# The cluster's parameters let clients connect without TLS.
# Source: RDS.39 (RDS for MySQL), https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html
# Fault at: aws_rds_cluster_parameter_group.rst_fault
# Near miss at: aws_rds_cluster_parameter_group.rst_near

resource "aws_rds_cluster_parameter_group" "rst_fault" {
  name        = "shop-prod-rst-off"
  family      = "aurora-mysql8.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
  parameter {
    name  = "tls_version"
    value = "TLSv1.2,TLSv1.3"
  }
}

# 'slow_query_log' and 'local_infile' off are right; the transport is required with 1.
resource "aws_rds_cluster_parameter_group" "rst_near" {
  name        = "shop-prod-rst"
  family      = "aurora-mysql8.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
  parameter {
    name  = "tls_version"
    value = "TLSv1.3"
  }
  parameter {
    name  = "local_infile"
    value = "0"
  }
}
