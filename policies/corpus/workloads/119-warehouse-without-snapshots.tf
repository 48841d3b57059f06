# The warehouse makes no automatic snapshots.
# Source: Redshift.3, CKV_AWS_343
# Fault at: aws_redshift_cluster.dwh_fault
# Near miss at: aws_redshift_cluster.dwh_near

resource "aws_redshift_subnet_group" "dwh" {
  name       = "shop-prod-dwh"
  subnet_ids = [aws_subnet.work_a.id, aws_subnet.work_b.id]
}

resource "aws_redshift_cluster" "dwh_fault" {
  cluster_identifier                  = "shop-prod-dwh-lossy"
  node_type                           = "ra3.large"
  cluster_type                        = "multi-node"
  number_of_nodes                     = 2
  database_name                       = "shopdwh"
  master_username                     = "shopowner"
  manage_master_password              = true
  master_password_secret_kms_key_id   = aws_kms_key.work.arn
  encrypted                           = true
  kms_key_id                          = aws_kms_key.work.arn
  enhanced_vpc_routing                = true
  publicly_accessible                 = false
  allow_version_upgrade               = true
  automated_snapshot_retention_period = 0
  cluster_parameter_group_name        = aws_redshift_parameter_group.rsssl_near.name
  cluster_subnet_group_name           = aws_redshift_subnet_group.dwh.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  multi_az                            = true
  port                                = 5440
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-dwh-lossy-final"
}

resource "aws_redshift_logging" "dwh_fault" {
  cluster_identifier   = aws_redshift_cluster.dwh_fault.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog", "useractivitylog"]
}

resource "aws_redshift_cluster" "dwh_near" {
  cluster_identifier                  = "shop-prod-dwh"
  node_type                           = "ra3.large"
  cluster_type                        = "multi-node"
  number_of_nodes                     = 2
  database_name                       = "shopdwh"
  master_username                     = "shopowner"
  manage_master_password              = true
  master_password_secret_kms_key_id   = aws_kms_key.work.arn
  encrypted                           = true
  kms_key_id                          = aws_kms_key.work.arn
  enhanced_vpc_routing                = true
  publicly_accessible                 = false
  allow_version_upgrade               = true
  automated_snapshot_retention_period = 14
  cluster_parameter_group_name        = aws_redshift_parameter_group.rsssl_near.name
  cluster_subnet_group_name           = aws_redshift_subnet_group.dwh.name
  vpc_security_group_ids              = [aws_security_group.work_app.id]
  multi_az                            = true
  port                                = 5440
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-dwh-final"
}

resource "aws_redshift_logging" "dwh_near" {
  cluster_identifier   = aws_redshift_cluster.dwh_near.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog", "useractivitylog"]
}
