# The budget has a limit, but nobody hears when it is passed.
# Source: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create.html, Well-Architected COST02
# Fault at: aws_budgets_budget.quiet_fault
# Near miss at: aws_budgets_budget.quiet_near

resource "aws_budgets_budget" "quiet_fault" {
  name         = "shop-prod-quiet"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}

resource "aws_budgets_budget" "quiet_near" {
  name         = "shop-prod-loud"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}
