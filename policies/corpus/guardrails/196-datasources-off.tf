# GuardDuty stops reading the audit log of clusters and the events of S3 through the old block.
# Source: GuardDuty.5, GuardDuty.10
# Fault at: aws_guardduty_detector.datasources_off_fault
# Near miss at: aws_guardduty_detector.datasources_off_near

resource "aws_guardduty_detector" "datasources_off_fault" {
  enable                       = true
  finding_publishing_frequency = "SIX_HOURS"
  datasources {
    s3_logs {
      enable = false
    }
    kubernetes {
      audit_logs {
        enable = false
      }
    }
  }
}

resource "aws_guardduty_detector" "datasources_off_near" {
  enable                       = true
  finding_publishing_frequency = "ONE_HOUR"
  datasources {
    s3_logs {
      enable = true
    }
    kubernetes {
      audit_logs {
        enable = true
      }
    }
  }
}
