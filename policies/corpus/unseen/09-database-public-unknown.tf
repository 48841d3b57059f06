# Whether a database is reachable from the internet is known only after the apply.
# Source: CKV_AWS_17, RDS.2
# Fault at: aws_db_instance.public_unknown_fault
# Near miss at: aws_db_instance.public_unknown_near

variable "public_unknown" {
  description = "Settings of the database."
  type = object({
    instance_class = optional(string, "db.m7g.large")
    public         = optional(bool, false)
    kms_key_id     = optional(string)
  })
  default = {}
}

resource "terraform_data" "public_unknown" {
  input = true
}

resource "aws_kms_key" "public_unknown" {
  description             = "Databases"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_security_group" "public_unknown" {
  name        = "shop-prod-public-unknown"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_db_subnet_group" "public_unknown" {
  name       = "shop-prod-public-unknown"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
}

resource "aws_db_instance" "public_unknown_fault" {
  identifier                          = "shop-prod-public-unknown-a"
  engine                              = "postgres"
  engine_version                      = "16.6"
  instance_class                      = var.public_unknown.instance_class
  allocated_storage                   = 100
  max_allocated_storage               = 200
  db_name                             = "shop"
  username                            = "shopadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.public_unknown.arn
  db_subnet_group_name                = aws_db_subnet_group.public_unknown.name
  vpc_security_group_ids              = [aws_security_group.public_unknown.id]
  publicly_accessible                 = terraform_data.public_unknown.output
  storage_encrypted                   = true
  kms_key_id                          = try(coalesce(var.public_unknown.kms_key_id, aws_kms_key.public_unknown.arn), null)
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.public_unknown.arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  final_snapshot_identifier           = "shop-prod-public-unknown-a-final"
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
}

resource "aws_db_instance" "public_unknown_near" {
  identifier                          = "shop-prod-public-unknown-b"
  engine                              = "postgres"
  engine_version                      = "16.6"
  instance_class                      = var.public_unknown.instance_class
  allocated_storage                   = 100
  max_allocated_storage               = 200
  db_name                             = "shop"
  username                            = "shopadmin"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = aws_kms_key.public_unknown.arn
  db_subnet_group_name                = aws_db_subnet_group.public_unknown.name
  vpc_security_group_ids              = [aws_security_group.public_unknown.id]
  publicly_accessible                 = var.public_unknown.public
  storage_encrypted                   = true
  kms_key_id                          = try(coalesce(var.public_unknown.kms_key_id, aws_kms_key.public_unknown.arn), null)
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.public_unknown.arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  final_snapshot_identifier           = "shop-prod-public-unknown-b-final"
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
}
