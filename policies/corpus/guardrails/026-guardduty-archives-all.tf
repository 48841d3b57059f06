# A suppression rule archives every finding of GuardDuty.
# Source: GuardDuty.1, https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html
# Fault at: aws_guardduty_filter.guardduty_archives_all_fault
# Near miss at: aws_guardduty_filter.guardduty_archives_all_near

resource "aws_guardduty_filter" "guardduty_archives_all_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "shop-prod-orders-noise"
  action      = "ARCHIVE"
  rank        = 1
  finding_criteria {
    criterion {
      field                 = "severity"
      greater_than_or_equal = "1"
    }
  }
}

resource "aws_guardduty_filter" "guardduty_archives_all_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "shop-prod-billing-noise"
  action      = "ARCHIVE"
  rank        = 1
  finding_criteria {
    criterion {
      field  = "type"
      equals = ["Recon:EC2/Portscan"]
    }
    criterion {
      field  = "resource.instanceDetails.tags.value"
      equals = ["shop-prod-scanner"]
    }
  }
}
