# The registry scans only images whose repository cannot exist.
# Source: ECR.1, CKV_AWS_163
# Fault at: aws_ecr_registry_scanning_configuration.registry_scans_nothing_fault
# Near miss at: aws_ecr_registry_scanning_configuration.registry_scans_nothing_near

resource "aws_ecr_registry_scanning_configuration" "registry_scans_nothing_fault" {
  scan_type = "BASIC"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "no-such-repository"
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_ecr_registry_scanning_configuration" "registry_scans_nothing_near" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "shop-prod-*"
      filter_type = "WILDCARD"
    }
  }
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}
