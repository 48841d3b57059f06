# The plan buys Shield Advanced for a year, 3,000 US dollars a month, three times the environment's limit.
# Source: https://aws.amazon.com/shield/pricing/
# Fault at: aws_shield_subscription.shield_fault
# Near miss at: aws_shield_protection_group.shield_near

resource "aws_shield_subscription" "shield_fault" {
  auto_renew   = "ENABLED"
  skip_destroy = true
}

# Groups what is protected already; costs nothing.
resource "aws_shield_protection_group" "shield_near" {
  protection_group_id = "shop-prod-all"
  aggregation         = "MAX"
  pattern             = "ALL"
}
