# Clients may ignore the workgroup's encryption and its limit of scanned data.
# Source: CKV_AWS_82, Prowler athena_workgroup_enforce_configuration
# Fault at: aws_athena_workgroup.athena_fault
# Near miss at: aws_athena_workgroup.athena_near

resource "aws_athena_workgroup" "athena_fault" {
  name = "shop-prod-athena-free"
  configuration {
    enforce_workgroup_configuration    = false
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://shop-prod-invoices/athena/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.work.arn
      }
    }
  }
}

resource "aws_athena_workgroup" "athena_near" {
  name = "shop-prod-athena"
  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://shop-prod-invoices/athena/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.work.arn
      }
    }
  }
}
