# A global access point of buckets switches the shield against public access off.
# Source: S3.24
# Fault at: aws_s3control_multi_region_access_point.global_fault
# Near miss at: aws_s3control_multi_region_access_point.global_near

resource "aws_s3control_multi_region_access_point" "global_fault" {
  details {
    name = "shop-prod-media"

    public_access_block {
      block_public_acls       = true
      block_public_policy     = false
      ignore_public_acls      = true
      restrict_public_buckets = false
    }

    region {
      bucket = aws_s3_bucket.media.id
    }
  }
}

# Without the block all four switches are on.
resource "aws_s3control_multi_region_access_point" "global_near" {
  details {
    name = "shop-prod-receipts"

    region {
      bucket = aws_s3_bucket.gap_b.id
    }
  }
}
