# A warehouse is on the internet because the provider's default for the setting is true.
# Source: Redshift.1, CKV_AWS_87
# Fault at: aws_redshift_cluster.default_fault
# Near miss at: aws_redshift_cluster.default_near

resource "aws_redshift_subnet_group" "private" {
  name       = "shop-prod-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_redshift_cluster" "default_fault" {
  cluster_identifier                  = "shop-prod-sales"
  node_type                           = "ra3.xlplus"
  number_of_nodes                     = 2
  database_name                       = "sales"
  master_username                     = "sales"
  manage_master_password              = true
  encrypted                           = true
  kms_key_id                          = aws_kms_key.shop.arn
  enhanced_vpc_routing                = true
  automated_snapshot_retention_period = 14
  cluster_subnet_group_name           = aws_redshift_subnet_group.private.name
  final_snapshot_identifier           = "shop-prod-sales-final"
}

resource "aws_redshift_cluster" "default_near" {
  cluster_identifier                  = "shop-prod-margins"
  node_type                           = "ra3.xlplus"
  number_of_nodes                     = 2
  database_name                       = "margins"
  master_username                     = "margins"
  manage_master_password              = true
  encrypted                           = true
  kms_key_id                          = aws_kms_key.shop.arn
  enhanced_vpc_routing                = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 14
  cluster_subnet_group_name           = aws_redshift_subnet_group.private.name
  final_snapshot_identifier           = "shop-prod-margins-final"
}
