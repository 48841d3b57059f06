# The graph database is not encrypted, and its parameters let clients connect without TLS.
# Source: Neptune.1, CKV_AWS_44, https://docs.aws.amazon.com/neptune/latest/userguide/parameters.html
# Fault at: aws_neptune_cluster.graph_fault
# Fault at: aws_neptune_cluster_parameter_group.graph_fault
# Fault at: aws_neptune_global_cluster.graph_fault
# Near miss at: aws_neptunegraph_graph.graph_near

resource "aws_kms_key" "graph" {
  description         = "Graphs"
  enable_key_rotation = true
}

resource "aws_neptune_cluster" "graph_fault" {
  cluster_identifier                  = "shop-prod-graph"
  engine                              = "neptune"
  backup_retention_period             = 14
  deletion_protection                 = true
  storage_encrypted                   = tobool("false")
  iam_database_authentication_enabled = true
  enable_cloudwatch_logs_exports      = ["audit"]
  copy_tags_to_snapshot               = true
  neptune_subnet_group_name           = "shop-prod-databases"
  vpc_security_group_ids              = ["sg-0a1b2c3d4e5f60718"]
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-graph-final"
}

resource "aws_neptune_cluster_parameter_group" "graph_fault" {
  name        = "shop-prod-graph"
  family      = "neptune1.1"
  description = "Parameters of the graph"
  parameter {
    name  = "neptune_enforce_ssl"
    value = "0"
  }
}

resource "aws_neptune_global_cluster" "graph_fault" {
  global_cluster_identifier = "shop-prod-graphs"
  engine                    = "neptune"
  engine_version            = "1.3.2.1"
  deletion_protection       = true
}

# Has no storage_encrypted: always encrypted.
resource "aws_neptunegraph_graph" "graph_near" {
  graph_name          = "shop-prod-analytics"
  provisioned_memory  = 16
  public_connectivity = false
  replica_count       = 1
  deletion_protection = true
  kms_key_identifier  = aws_kms_key.graph.arn
}
