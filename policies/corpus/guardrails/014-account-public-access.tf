# The account no longer ignores public ACLs of its buckets.
# Source: S3.1, CKV_AWS_53, AVD-AWS-0086
# Fault at: aws_s3_account_public_access_block.account_public_access_fault
# Near miss at: aws_s3_account_public_access_block.account_public_access_near

resource "aws_s3_account_public_access_block" "account_public_access_fault" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = !true
  restrict_public_buckets = true
}

resource "aws_s3_account_public_access_block" "account_public_access_near" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
