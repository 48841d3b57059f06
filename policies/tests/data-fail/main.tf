resource "aws_s3_bucket" "bare" {
  bucket = "shop-prod-bare"
}

# A companion for another bucket does not count, and neither does one that is only partly on.
resource "aws_s3_bucket" "half" {
  bucket = "shop-prod-half"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "half" {
  bucket = aws_s3_bucket.half.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "half" {
  bucket                  = aws_s3_bucket.half.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_versioning" "half" {
  bucket = aws_s3_bucket.half.id

  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_sqs_queue" "bare" {
  name                 = "shop-prod-bare"
  redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_sqs_queue" "off" {
  name                    = "shop-prod-off"
  sqs_managed_sse_enabled = false
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_sns_topic" "bare" {
  name = "shop-prod-bare"
}

resource "aws_dynamodb_table" "bare" {
  name         = "shop-prod-bare"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "off" {
  name                        = "shop-prod-off"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = false

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled = false
  }

  point_in_time_recovery {
    enabled = false
  }
}

resource "aws_db_instance" "bare" {
  identifier        = "shop-prod-bare"
  engine            = "postgres"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "shop"

  manage_master_user_password = true
}

resource "aws_db_instance" "weak" {
  identifier              = "shop-prod-weak"
  engine                  = "postgres"
  instance_class          = "db.t4g.micro"
  allocated_storage       = 20
  username                = "shop"
  storage_encrypted       = false
  deletion_protection     = false
  backup_retention_period = 6

  manage_master_user_password = true
}

resource "aws_rds_cluster" "bare" {
  cluster_identifier = "shop-prod-bare"
  engine             = "aurora-postgresql"
  master_username    = "shop"

  manage_master_user_password = true
}

resource "aws_docdb_cluster" "bare" {
  cluster_identifier = "shop-prod-docs"
  master_username    = "shop"
  master_password    = "from-a-secret-not-from-here"
}

resource "aws_neptune_cluster" "bare" {
  cluster_identifier = "shop-prod-graph"
}

resource "aws_ebs_volume" "bare" {
  availability_zone = "${var.region}a"
  size              = 1
}

resource "aws_instance" "bare" {
  ami           = var.image
  instance_type = "t4g.micro"
}

resource "aws_instance" "off" {
  ami           = var.image
  instance_type = "t4g.micro"

  root_block_device {
    encrypted = false
  }

  ebs_block_device {
    device_name = "/dev/sdb"
    volume_size = 1
  }
}

resource "aws_launch_configuration" "off" {
  image_id      = var.image
  instance_type = "t4g.micro"

  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = false
  }
}

resource "aws_launch_template" "off" {
  name     = "shop-prod-off"
  image_id = var.image

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = "false"
    }
  }
}

resource "aws_cloudwatch_log_group" "bare" {
  name = "/shop/prod/bare"
}

variable "image" {
  description = "Machine image."
  type        = string
  default     = "ami-0abcdef1234567890"
}

resource "aws_ebs_encryption_by_default" "off" {
  enabled = false
}

# Versioning in the syntax before version 4 of the provider, switched off.
resource "aws_s3_bucket" "inline" {
  bucket = "shop-prod-inline"

  versioning {
    enabled = false
  }
}

resource "aws_sns_topic" "empty" {
  name              = "shop-prod-empty"
  kms_master_key_id = ""
}

# May turn out to be no replica.
resource "terraform_data" "nothing" {
  input = "x"
}

resource "aws_db_instance" "no_replica" {
  identifier          = "shop-prod-no-replica"
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  replicate_source_db = terraform_data.nothing.output == "x" ? null : "x"
}

# Of several buckets, some are forgotten: what protects one instance does not protect another.
resource "aws_s3_bucket" "each" {
  for_each = toset(["kept", "forgotten"])

  bucket = "shop-prod-${each.key}"
}

resource "aws_s3_bucket_public_access_block" "each" {
  for_each = toset(["kept"])

  bucket                  = aws_s3_bucket.each[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "each" {
  bucket = aws_s3_bucket.each["kept"].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "each" {
  bucket = aws_s3_bucket.each["kept"].id

  versioning_configuration {
    status = "Enabled"
  }
}

# Protects another instance than it seems to.
resource "aws_s3_bucket_public_access_block" "chained" {
  for_each = { for key, bucket in aws_s3_bucket.each : key => aws_s3_bucket.each["kept"] }

  bucket                  = each.value.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "crossed" {
  for_each = toset(["forgotten"])

  bucket = aws_s3_bucket.each[each.key == "forgotten" ? "kept" : each.key].bucket

  versioning_configuration {
    status = "Enabled"
  }
}
