# The budget of the month grows a thousandfold.
# Source: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
# Warns: the approvers decide
# Fault at: aws_budgets_budget.budget_thousandfold_fault
# Near miss at: aws_budgets_budget.budget_thousandfold_near

resource "aws_budgets_budget" "budget_thousandfold_fault" {
  name         = "shop-prod-orders"
  budget_type  = "COST"
  limit_amount = "900000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}

resource "aws_budgets_budget" "budget_thousandfold_near" {
  name         = "shop-prod-billing"
  budget_type  = "COST"
  limit_amount = "950"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}
