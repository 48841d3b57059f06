# Critical security patches are approved 360 days after they appear.
# Source: SSM.2, CIS Control 7, PCI DSS 6.3.3
# Fault at: aws_ssm_patch_baseline.patch_fault
# Near miss at: aws_ssm_patch_baseline.patch_near

resource "aws_ssm_patch_baseline" "patch_fault" {
  name             = "shop-prod-patch-late"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days  = 360
    compliance_level    = "CRITICAL"
    enable_non_security = false
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
    patch_filter {
      key    = "SEVERITY"
      values = ["Critical", "Important"]
    }
  }
}

resource "aws_ssm_patch_baseline" "patch_near" {
  name             = "shop-prod-patch"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days  = 3
    compliance_level    = "CRITICAL"
    enable_non_security = false
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
    patch_filter {
      key    = "SEVERITY"
      values = ["Critical", "Important"]
    }
  }
}
