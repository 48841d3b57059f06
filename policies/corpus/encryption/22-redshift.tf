# The warehouse and the serverless namespace are not encrypted with a key of the account.
# Source: Redshift.10, CKV_AWS_64, CKV_AWS_142, RedshiftServerless.4
# Warns: the approvers decide
# Fault at: aws_redshift_cluster.warehouse_fault
# Fault at: aws_redshiftserverless_namespace.warehouse_fault
# Near miss at: aws_redshift_cluster.warehouse_near

resource "aws_kms_key" "warehouse" {
  description         = "Warehouse"
  enable_key_rotation = true
}

resource "aws_redshift_cluster" "warehouse_fault" {
  cluster_identifier                  = "shop-prod-warehouse"
  node_type                           = "ra3.xlplus"
  number_of_nodes                     = 2
  cluster_type                        = "multi-node"
  database_name                       = "sales"
  master_username                     = "warehouse"
  manage_master_password              = true
  encrypted                           = false
  enhanced_vpc_routing                = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 14
  multi_az                            = true
  cluster_subnet_group_name           = "shop-prod-warehouse"
  cluster_parameter_group_name        = "shop-prod-warehouse-tls"
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-warehouse-final"
}

resource "aws_redshift_logging" "warehouse_fault" {
  cluster_identifier   = aws_redshift_cluster.warehouse_fault.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog", "useractivitylog"]
}

resource "aws_redshiftserverless_namespace" "warehouse_fault" {
  namespace_name        = "shop-prod-sales"
  admin_username        = "warehouse"
  manage_admin_password = true
  log_exports           = ["userlog", "connectionlog", "useractivitylog"]
}

resource "aws_redshift_cluster" "warehouse_near" {
  cluster_identifier                  = "shop-prod-reports"
  node_type                           = "ra3.xlplus"
  number_of_nodes                     = 2
  cluster_type                        = "multi-node"
  database_name                       = "sales"
  master_username                     = "warehouse"
  manage_master_password              = true
  encrypted                           = "true"
  kms_key_id                          = aws_kms_key.warehouse.arn
  enhanced_vpc_routing                = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 14
  multi_az                            = true
  cluster_subnet_group_name           = "shop-prod-warehouse"
  cluster_parameter_group_name        = "shop-prod-warehouse-tls"
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-reports-final"
}

resource "aws_redshift_logging" "warehouse_near" {
  cluster_identifier   = aws_redshift_cluster.warehouse_near.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog", "useractivitylog"]
}
