# The policy that makes snapshots every night is disabled.
# Source: https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html
# Fault at: aws_dlm_lifecycle_policy.snapshots_off_fault
# Near miss at: aws_dlm_lifecycle_policy.snapshots_off_near

resource "aws_dlm_lifecycle_policy" "snapshots_off_fault" {
  description        = "Snapshots of orders"
  execution_role_arn = "arn:aws:iam:::role/shop-prod-dlm"
  state              = "DISABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Snapshot = "nightly" }
    schedule {
      name      = "nightly"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule {
        count = 30
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "snapshots_off_near" {
  description        = "Snapshots of billing"
  execution_role_arn = "arn:aws:iam:::role/shop-prod-dlm"
  state              = "ENABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Snapshot = "nightly" }
    schedule {
      name      = "nightly"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule {
        count = 60
      }
    }
  }
}
