# Faults that our rules find, too, and faults that only Checkov finds, in the root module and in one that is called twice.
resource "aws_s3_bucket" "orders" {
  bucket = "shop-staging-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

# Accepted in the sources, which is for people to see.
resource "aws_sns_topic" "orders" {
  #checkov:skip=CKV_AWS_26:only names of orders
  name = "shop-staging-orders"
}

module "queue" {
  source   = "./queue"
  for_each = toset(["orders", "returns"])

  name = "shop-staging-${each.key}"
}

module "other" {
  source = "./queue"

  name = "shop-staging-other"
}
