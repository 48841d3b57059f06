# A removed block lets Terraform forget the public access block of a bucket, so that anybody can take it away unnoticed.
# Source: https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources, CKV2_AWS_6
# Fault at: aws_s3_bucket_public_access_block.forget_fault
# Near miss at: aws_s3_bucket_public_access_block.forget_near

removed {
  from = aws_s3_bucket_public_access_block.forget_fault

  lifecycle {
    destroy = false
  }
}

moved {
  from = aws_s3_bucket_public_access_block.forget_old
  to   = aws_s3_bucket_public_access_block.forget_near
}

resource "aws_s3_bucket_public_access_block" "forget_near" {
  bucket                  = "shop-prod-forget-b"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
