# Access of employees to the back office is no longer logged.
# Source: https://docs.aws.amazon.com/verified-access/latest/ug/access-logs.html
# Fault at: aws_verifiedaccess_instance_logging_configuration.employee_access_unlogged_fault
# Near miss at: aws_verifiedaccess_instance_logging_configuration.employee_access_unlogged_near

resource "aws_verifiedaccess_instance_logging_configuration" "employee_access_unlogged_fault" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60718"
  access_logs {
    include_trust_context = true
    cloudwatch_logs {
      enabled   = false
      log_group = "shop-prod-office"
    }
  }
}

resource "aws_verifiedaccess_instance_logging_configuration" "employee_access_unlogged_near" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60719"
  access_logs {
    include_trust_context = true
    cloudwatch_logs {
      enabled   = true
      log_group = "shop-prod-office"
    }
    s3 {
      enabled = false
    }
  }
}
