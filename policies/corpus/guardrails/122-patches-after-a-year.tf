# Security patches are installed after a year.
# Source: SSM.2, https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
# Fault at: aws_ssm_patch_baseline.patches_after_a_year_fault
# Near miss at: aws_ssm_patch_baseline.patches_after_a_year_near

resource "aws_ssm_patch_baseline" "patches_after_a_year_fault" {
  name             = "shop-prod-orders"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days = 360
    compliance_level   = "UNSPECIFIED"
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
  }
}

resource "aws_ssm_patch_baseline" "patches_after_a_year_near" {
  name             = "shop-prod-billing"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days = 3
    compliance_level   = "CRITICAL"
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
  }
}
