# The cache in front of the table is one single node.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html
# Fault at: aws_dax_cluster.dax_fault
# Near miss at: aws_dax_cluster.dax_near

resource "aws_dax_subnet_group" "dax" {
  name       = "shop-prod-dax"
  subnet_ids = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
}

resource "aws_dax_cluster" "dax_fault" {
  cluster_name                     = "shop-prod-dax-1"
  iam_role_arn                     = aws_iam_role.work_exec.arn
  node_type                        = "dax.r5.large"
  replication_factor               = 1
  availability_zones               = ["${var.region}a"]
  cluster_endpoint_encryption_type = "TLS"
  subnet_group_name                = aws_dax_subnet_group.dax.name
  security_group_ids               = [aws_security_group.work_app.id]
  notification_topic_arn           = aws_sns_topic.work.arn
  server_side_encryption { enabled = true }
}

resource "aws_dax_cluster" "dax_near" {
  cluster_name                     = "shop-prod-dax"
  iam_role_arn                     = aws_iam_role.work_exec.arn
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  availability_zones               = ["${var.region}a", "${var.region}b", "${var.region}c"]
  cluster_endpoint_encryption_type = "TLS"
  subnet_group_name                = aws_dax_subnet_group.dax.name
  security_group_ids               = [aws_security_group.work_app.id]
  notification_topic_arn           = aws_sns_topic.work.arn
  server_side_encryption { enabled = true }
}
