# The warning about unusual costs starts at a million dollars.
# Source: https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
# Warns: the approvers decide
# Fault at: aws_ce_anomaly_subscription.anomaly_million_fault
# Near miss at: aws_ce_anomaly_subscription.anomaly_million_near

resource "aws_ce_anomaly_subscription" "anomaly_million_fault" {
  name             = "shop-prod-orders"
  frequency        = "DAILY"
  monitor_arn_list = ["arn:aws:ce:::anomalymonitor/11111111-2222-3333-4444-555555555555"]
  subscriber {
    type    = "EMAIL"
    address = "platform@shop.example"
  }
  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = ["1000000"]
    }
  }
}

resource "aws_ce_anomaly_subscription" "anomaly_million_near" {
  name             = "shop-prod-billing"
  frequency        = "DAILY"
  monitor_arn_list = ["arn:aws:ce:::anomalymonitor/11111111-2222-3333-4444-555555555555"]
  subscriber {
    type    = "EMAIL"
    address = "platform@shop.example"
  }
  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = ["50"]
    }
  }
}
