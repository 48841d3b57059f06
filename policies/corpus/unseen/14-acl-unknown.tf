# The access list of a bucket is known only after the apply, and it is public.
# Source: CKV_AWS_20, CKV_AWS_57
# Fault at: aws_s3_bucket_acl.acl_unknown_fault
# Near miss at: aws_s3_bucket_acl.acl_unknown_near

resource "terraform_data" "acl_unknown" {
  input = "read"
}

resource "aws_s3_bucket" "acl_unknown" {
  bucket = "shop-prod-acl-unknown"
}

resource "aws_s3_bucket_ownership_controls" "acl_unknown" {
  bucket = aws_s3_bucket.acl_unknown.id

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket" "acl_unknown_b" {
  bucket = "shop-prod-acl-unknown-b"
}

resource "aws_s3_bucket_acl" "acl_unknown_fault" {
  bucket = aws_s3_bucket.acl_unknown.id
  acl    = format("public-%s", terraform_data.acl_unknown.output)

  depends_on = [aws_s3_bucket_ownership_controls.acl_unknown]
}

resource "aws_s3_bucket_acl" "acl_unknown_near" {
  bucket = aws_s3_bucket.acl_unknown_b.id
  acl    = coalesce(null, "private")

  depends_on = [aws_s3_bucket_ownership_controls.acl_unknown]
}
