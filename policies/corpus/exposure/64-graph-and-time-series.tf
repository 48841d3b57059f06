# A graph database and a time series database are reachable from the internet.
# Source: CKV_AWS_102, https://docs.aws.amazon.com/timestream/latest/developerguide/timestream-for-influxdb.html
# Fault at: aws_neptune_cluster_instance.public_fault
# Fault at: aws_timestreaminfluxdb_db_instance.public_fault
# Near miss at: aws_neptune_cluster_instance.public_near
# Near miss at: aws_timestreaminfluxdb_db_instance.public_near

resource "aws_neptune_cluster" "links" {
  cluster_identifier                  = "shop-prod-links"
  storage_encrypted                   = true
  kms_key_arn                         = aws_kms_key.shop.arn
  backup_retention_period             = 14
  deletion_protection                 = true
  iam_database_authentication_enabled = true
  final_snapshot_identifier           = "shop-prod-links-final"
}

resource "aws_neptune_cluster_instance" "public_fault" {
  identifier          = "shop-prod-links-1"
  cluster_identifier  = aws_neptune_cluster.links.id
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}

resource "aws_neptune_cluster_instance" "public_near" {
  identifier         = "shop-prod-links-2"
  cluster_identifier = aws_neptune_cluster.links.id
  instance_class     = "db.r6g.large"
}

resource "aws_timestreaminfluxdb_db_instance" "public_fault" {
  name                   = "shop-prod-meters"
  db_instance_type       = "db.influx.large"
  deployment_type        = "WITH_MULTIAZ_STANDBY"
  allocated_storage      = 20
  organization           = "shop"
  bucket                 = "meters"
  username               = "shop"
  password               = var.blog_password
  publicly_accessible    = true
  vpc_subnet_ids         = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_timestreaminfluxdb_db_instance" "public_near" {
  name                   = "shop-prod-gauges"
  db_instance_type       = "db.influx.large"
  deployment_type        = "WITH_MULTIAZ_STANDBY"
  allocated_storage      = 20
  organization           = "shop"
  bucket                 = "gauges"
  username               = "shop"
  password               = var.blog_password
  publicly_accessible    = false
  vpc_subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  vpc_security_group_ids = [aws_security_group.app.id]
}
