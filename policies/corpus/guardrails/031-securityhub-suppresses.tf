# An automation rule of Security Hub hides every critical finding.
# Source: https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
# Fault at: aws_securityhub_automation_rule.securityhub_suppresses_fault
# Near miss at: aws_securityhub_automation_rule.securityhub_suppresses_near

resource "aws_securityhub_automation_rule" "securityhub_suppresses_fault" {
  description = "Sorts findings"
  rule_name   = "shop-prod-orders-sort"
  rule_order  = 1
  actions {
    type = "FINDING_FIELDS_UPDATE"
    finding_fields_update {
      workflow {
        status = "SUPPRESSED"
      }

      note {
        text       = "Sorted by a rule"
        updated_by = "platform"
      }
    }
  }
  criteria {
    severity_label {
      comparison = "EQUALS"
      value      = "CRITICAL"
    }
    severity_label {
      comparison = "EQUALS"
      value      = "HIGH"
    }
  }
}

resource "aws_securityhub_automation_rule" "securityhub_suppresses_near" {
  description = "Sorts findings"
  rule_name   = "shop-prod-billing-sort"
  rule_order  = 1
  actions {
    type = "FINDING_FIELDS_UPDATE"
    finding_fields_update {
      severity {
        label   = "CRITICAL"
        product = "0.0"
      }

      note {
        text       = "Sorted by a rule"
        updated_by = "platform"
      }
    }
  }
  criteria {
    severity_label {
      comparison = "EQUALS"
      value      = "CRITICAL"
    }
    severity_label {
      comparison = "EQUALS"
      value      = "HIGH"
    }
  }
}
