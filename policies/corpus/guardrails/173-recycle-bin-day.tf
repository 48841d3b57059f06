# Deleted snapshots can be restored for a day only.
# Source: https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html
# Fault at: aws_rbin_rule.recycle_bin_day_fault
# Near miss at: aws_rbin_rule.recycle_bin_day_near

resource "aws_rbin_rule" "recycle_bin_day_fault" {
  description   = "Snapshots of orders"
  resource_type = "EBS_SNAPSHOT"
  retention_period {
    retention_period_value = 1
    retention_period_unit  = "DAYS"
  }
}

resource "aws_rbin_rule" "recycle_bin_day_near" {
  description   = "Snapshots of billing"
  resource_type = "EBS_SNAPSHOT"
  retention_period {
    retention_period_value = 365
    retention_period_unit  = "DAYS"
  }
}
