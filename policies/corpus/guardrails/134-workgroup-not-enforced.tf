# People may choose where the results of their queries go, and unencrypted.
# Source: Athena.4, CKV_AWS_82, CKV_AWS_159
# Fault at: aws_athena_workgroup.workgroup_not_enforced_fault
# Near miss at: aws_athena_workgroup.workgroup_not_enforced_near

resource "aws_athena_workgroup" "workgroup_not_enforced_fault" {
  name = "shop-prod-orders"
  configuration {
    enforce_workgroup_configuration    = false
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://shop-prod-results/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      }
    }
  }
}

resource "aws_athena_workgroup" "workgroup_not_enforced_near" {
  name = "shop-prod-billing"
  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 21474836480
    result_configuration {
      output_location = "s3://shop-prod-results/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      }
    }
  }
}
