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

resource "aws_ebs_volume" "scratch" {
  availability_zone = "${var.region}a"
  size              = 1
  encrypted         = true
}

resource "aws_sns_topic" "left" {
  name              = "shop-prod-left"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "gone" {
  name              = "shop-prod-gone"
  kms_master_key_id = "alias/aws/sns"
}

# A changed resource is checked like a new one.
resource "aws_sns_topic" "kept" {
  name              = "shop-prod-kept"
  kms_master_key_id = "alias/aws/sns"
}

# Its address only begins like one that may be deleted.
resource "aws_sns_topic" "gone_too" {
  name              = "shop-prod-gone-too"
  kms_master_key_id = "alias/aws/sns"
}
