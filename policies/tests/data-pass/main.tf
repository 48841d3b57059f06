variable "image" {
  description = "Machine image."
  type        = string
  default     = "ami-0abcdef1234567890"
}

resource "aws_kms_key" "this" {
  description         = "Data of the shop."
  enable_key_rotation = true
}

resource "aws_s3_bucket" "orders" {
  bucket = "shop-prod-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "orders" {
  bucket                  = aws_s3_bucket.orders.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

# The syntax before version 4 of the provider.
resource "aws_s3_bucket" "inline" {
  bucket = "shop-prod-inline"

  versioning {
    enabled = true
  }

  lifecycle_rule {
    enabled = true

    expiration {
      days = 400
    }
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

resource "aws_s3_bucket_public_access_block" "inline" {
  bucket                  = aws_s3_bucket.inline.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# A key that the same plan creates is only known after the apply.
resource "aws_sqs_queue" "own_key" {
  name                 = "shop-prod-own-key"
  kms_master_key_id    = aws_kms_key.this.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_sqs_queue" "managed" {
  name                    = "shop-prod-managed"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_sns_topic" "own_key" {
  name              = "shop-prod-own-key"
  kms_master_key_id = aws_kms_key.this.arn
}

resource "aws_dynamodb_table" "orders" {
  name                        = "shop-prod-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_db_instance" "orders" {
  identifier              = "shop-prod-orders"
  engine                  = "postgres"
  instance_class          = "db.r6g.large"
  allocated_storage       = 20
  username                = "shop"
  storage_encrypted       = true
  deletion_protection     = true
  backup_retention_period = 7
  multi_az                = true

  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

# A replica inherits encryption and backups from its source.
resource "aws_db_instance" "replica" {
  identifier          = "shop-prod-replica"
  instance_class      = "db.r6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  deletion_protection = true

  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier      = "shop-prod-orders"
  engine                  = "aurora-postgresql"
  master_username         = "shop"
  storage_encrypted       = true
  deletion_protection     = true
  backup_retention_period = 14

  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

resource "aws_ebs_volume" "orders" {
  availability_zone = "${var.region}a"
  size              = 1
  encrypted         = true
}

resource "aws_instance" "worker" {
  ami           = var.image
  instance_type = "t4g.micro"

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}

resource "aws_launch_template" "worker" {
  name     = "shop-prod-worker"
  image_id = var.image

  metadata_options {
    http_tokens = "required"
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = "true"
    }
  }
}

resource "aws_cloudwatch_log_group" "orders" {
  name       = "/shop/prod/orders"
  kms_key_id = aws_kms_key.this.arn

  retention_in_days = 30
}

resource "aws_rds_cluster" "replica" {
  cluster_identifier            = "shop-prod-replica"
  engine                        = "aurora-postgresql"
  replication_source_identifier = aws_rds_cluster.orders.arn
  deletion_protection           = true

  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
}

# Several buckets, each protected in one of the ways to write it.
resource "aws_s3_bucket" "each" {
  for_each = toset(["a", "b"])

  bucket = "shop-prod-each-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each = toset(["a", "b"])

  bucket                  = aws_s3_bucket.each[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "each" {
  for_each = aws_s3_bucket.each

  bucket = each.value.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.each["a"].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.each["b"].id

  versioning_configuration {
    status = "Enabled"
  }
}

# A number is a text.
resource "aws_s3_bucket" "numbered" {
  count = 1

  bucket = "shop-prod-numbered"
}

resource "aws_s3_bucket_public_access_block" "numbered" {
  bucket                  = aws_s3_bucket.numbered["0"].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "numbered" {
  bucket = aws_s3_bucket.numbered[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "numbered" {
  count = 1

  bucket = aws_s3_bucket.numbered[count.index].id

  versioning_configuration {
    status = "Enabled"
  }
}

# Objects have an end.
resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "end"
    status = "Enabled"

    filter {}

    expiration {
      days = 400
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "each" {
  for_each = aws_s3_bucket.each

  bucket = each.value.id

  rule {
    id     = "end"
    status = "Enabled"

    filter {}

    expiration {
      days = 400
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "numbered" {
  bucket = aws_s3_bucket.numbered[0].id

  rule {
    id     = "end"
    status = "Enabled"

    filter {}

    expiration {
      days = 400
    }
  }
}


# Alarms for what is watched in production.
resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "shop-prod-orders"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.orders.identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:111122223333:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "replica" {
  alarm_name          = "shop-prod-replica"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.replica.identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:111122223333:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "cluster" {
  alarm_name          = "shop-prod-cluster"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBClusterIdentifier = aws_rds_cluster.orders.cluster_identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:111122223333:shop-prod-alarms"]
}

resource "aws_cloudwatch_metric_alarm" "cluster_replica" {
  alarm_name          = "shop-prod-cluster-replica"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBClusterIdentifier = aws_rds_cluster.replica.cluster_identifier }
  alarm_actions       = ["arn:aws:sns:${var.region}:111122223333:shop-prod-alarms"]
}

