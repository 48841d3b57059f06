# Outside of production, and on by night.
resource "aws_db_instance" "orders" {
  identifier                          = "shop-dev-orders"
  allocated_storage                   = 20
  engine                              = "postgres"
  instance_class                      = "db.t4g.small"
  username                            = "orders"
  manage_master_user_password         = true
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:${var.region}:${var.account}:key/shop"
  deletion_protection                 = true
  backup_retention_period             = 7
  db_subnet_group_name                = "shop-dev"
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

variable "account" {
  description = "Account of the deployment."
  type        = string
  default     = "123456789012"
}
