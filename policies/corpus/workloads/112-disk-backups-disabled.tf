# The policy that makes backups of the disks is switched off.
# Source: https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html, EC2.28
# Fault at: aws_dlm_lifecycle_policy.dlm_fault
# Near miss at: aws_dlm_lifecycle_policy.dlm_near

resource "aws_dlm_lifecycle_policy" "dlm_fault" {
  description        = "shop-prod-disks-off"
  execution_role_arn = aws_iam_role.work_exec.arn
  state              = "DISABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Project = "shop" }
    schedule {
      name      = "daily"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule { count = 14 }
    }
  }
  tags = { Name = "shop-prod-disks-off" }
}

resource "aws_dlm_lifecycle_policy" "dlm_near" {
  description        = "shop-prod-disks"
  execution_role_arn = aws_iam_role.work_exec.arn
  state              = "ENABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Project = "shop" }
    schedule {
      name      = "daily"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule { count = 14 }
    }
  }
  tags = { Name = "shop-prod-disks" }
}
