# A filter of Inspector hides every critical vulnerability.
# Source: https://docs.aws.amazon.com/inspector/latest/user/findings-managing-supression-rules.html
# Fault at: aws_inspector2_filter.inspector_suppresses_fault
# Near miss at: aws_inspector2_filter.inspector_suppresses_near

resource "aws_inspector2_filter" "inspector_suppresses_fault" {
  name        = "shop-prod-orders-noise"
  action      = "SUPPRESS"
  description = "Accepted by the platform team"
  filter_criteria {
    severity {
      comparison = "EQUALS"
      value      = "CRITICAL"
    }
  }
}

resource "aws_inspector2_filter" "inspector_suppresses_near" {
  name        = "shop-prod-billing-noise"
  action      = "SUPPRESS"
  description = "Accepted by the platform team"
  filter_criteria {
    vulnerability_id {
      comparison = "EQUALS"
      value      = "CVE-2024-0001"
    }
    ecr_image_repository_name {
      comparison = "EQUALS"
      value      = "shop-prod-tools"
    }
  }
}
