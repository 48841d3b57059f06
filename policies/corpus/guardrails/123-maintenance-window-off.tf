# The maintenance window in which patches are installed is off.
# Source: SSM.2, https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html
# Fault at: aws_ssm_maintenance_window.maintenance_window_off_fault
# Near miss at: aws_ssm_maintenance_window.maintenance_window_off_near

resource "aws_ssm_maintenance_window" "maintenance_window_off_fault" {
  name     = "shop-prod-orders"
  schedule = "cron(0 2 ? * SUN *)"
  duration = 3
  cutoff   = 1
  enabled  = false
}

resource "aws_ssm_maintenance_window" "maintenance_window_off_near" {
  name     = "shop-prod-billing"
  schedule = "cron(0 2 ? * SUN *)"
  duration = 4
  cutoff   = 1
}
