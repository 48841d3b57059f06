# A filter of Macie archives all findings of high severity.
# Source: https://docs.aws.amazon.com/macie/latest/user/findings-suppression.html
# Fault at: aws_macie2_findings_filter.macie_archives_fault
# Near miss at: aws_macie2_findings_filter.macie_archives_near

resource "aws_macie2_findings_filter" "macie_archives_fault" {
  name        = "shop-prod-orders-noise"
  action      = "ARCHIVE"
  description = "Known data"
  finding_criteria {
    criterion {
      field = "severity.description"
      eq    = ["High", "Medium", "Low"]
    }
  }
}

resource "aws_macie2_findings_filter" "macie_archives_near" {
  name        = "shop-prod-billing-noise"
  action      = "ARCHIVE"
  description = "Known data"
  finding_criteria {
    criterion {
      field = "resourcesAffected.s3Bucket.name"
      eq    = ["shop-prod-test-cards"]
    }
    criterion {
      field = "severity.description"
      eq    = ["Low"]
    }
  }
}
