# The volume is deleted, and a new hash key replaces the table.
resource "aws_dynamodb_table" "orders" {
  name                        = "shop-prod-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "order"
  deletion_protection_enabled = true

  attribute {
    name = "order"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  point_in_time_recovery {
    enabled = true
  }
}

removed {
  from = aws_sns_topic.left

  lifecycle {
    destroy = false
  }
}

check "region" {
  assert {
    condition     = var.region == "us-east-1"
    error_message = "The shop is in another region."
  }
}

# A changed resource is checked like a new one.
resource "aws_sns_topic" "kept" {
  name = "shop-prod-kept"
}
