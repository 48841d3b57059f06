# Clients can switch the encryption of query results off because the settings are not enforced.
# Source: Athena.1, CKV_AWS_82, CKV_AWS_77, AVD-AWS-0007
# Fault at: aws_athena_workgroup.override_fault
# Fault at: aws_athena_database.override_fault
# Near miss at: aws_athena_workgroup.override_near

resource "aws_kms_key" "override" {
  description         = "Query results"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "override_results" {
  bucket = "shop-prod-query-results"
}

resource "aws_s3_bucket_public_access_block" "override_results" {
  bucket                  = aws_s3_bucket.override_results.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "override_results" {
  bucket = aws_s3_bucket.override_results.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "override_results" {
  bucket = aws_s3_bucket.override_results.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.override.arn
    }
  }
}

resource "aws_athena_workgroup" "override_fault" {
  name = "shop-prod-analysts"
  configuration {
    enforce_workgroup_configuration    = false
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://${aws_s3_bucket.override_results.bucket}/analysts/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.override.arn
      }
    }
  }
}

resource "aws_athena_database" "override_fault" {
  name   = "shop_prod_sales"
  bucket = aws_s3_bucket.override_results.bucket
}

# `enforce_workgroup_configuration` is true when it is left out.
resource "aws_athena_workgroup" "override_near" {
  name = "shop-prod-reports"
  configuration {
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://${aws_s3_bucket.override_results.bucket}/reports/"
      encryption_configuration {
        encryption_option = "CSE_KMS"
        kms_key_arn       = aws_kms_key.override.arn
      }
    }
  }
}
