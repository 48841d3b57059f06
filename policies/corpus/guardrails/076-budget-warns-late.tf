# The budget warns when twenty times the money is spent.
# Source: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
# Warns: the approvers decide
# Fault at: aws_budgets_budget.budget_warns_late_fault
# Near miss at: aws_budgets_budget.budget_warns_late_near

resource "aws_budgets_budget" "budget_warns_late_fault" {
  name         = "shop-prod-orders-cost"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 2000
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}

resource "aws_budgets_budget" "budget_warns_late_near" {
  name         = "shop-prod-billing-cost"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "FORECASTED"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 90
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}
