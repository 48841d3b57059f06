# Objects are replicated to a bucket of a foreign account, whose name stands in a tag.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html
# Fault at: aws_s3_bucket_replication_configuration.replica_tag_fault
# Near miss at: aws_s3_bucket_replication_configuration.replica_tag_near

data "aws_iam_policy_document" "replica_tag" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "replica_tag" {
  name               = "shop-prod-replica-tag"
  assume_role_policy = data.aws_iam_policy_document.replica_tag.json

  tags = { Mirror = "acme-collector", Team = "999988887777" }
}

resource "aws_s3_bucket" "replica_tag" {
  bucket = "shop-prod-replica-tag"
}

resource "aws_s3_bucket_replication_configuration" "replica_tag_fault" {
  bucket = "shop-prod-orders"
  role   = aws_iam_role.replica_tag.arn

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket        = "arn:aws:s3:::${aws_iam_role.replica_tag.tags["Mirror"]}"
      account       = aws_iam_role.replica_tag.tags["Team"]
      storage_class = "STANDARD_IA"

      access_control_translation {
        owner = "Destination"
      }
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "replica_tag_near" {
  bucket = "shop-prod-invoices"
  role   = aws_iam_role.replica_tag.arn

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket        = aws_s3_bucket.replica_tag.arn
      storage_class = "STANDARD_IA"
    }
  }
}
