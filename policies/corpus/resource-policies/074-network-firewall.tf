# A foreign account can use and change our firewall rule group.
# Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/sharing.html
# Fault at: aws_networkfirewall_resource_policy.network_firewall_fault
# Near miss at: aws_networkfirewall_resource_policy.network_firewall_near

resource "aws_networkfirewall_resource_policy" "network_firewall_fault" {
  resource_arn = "arn:aws:network-firewall:${var.region}:${var.account_id}:stateful-rulegroup/shop-prod-egress-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:root", "arn:aws:iam::999988887777:root"] }
        Action    = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy", "network-firewall:UpdateFirewallPolicy"]
        Resource  = "arn:aws:network-firewall:${var.region}:${var.account_id}:stateful-rulegroup/shop-prod-egress-a"
      }
    ]
  })
}

resource "aws_networkfirewall_resource_policy" "network_firewall_near" {
  resource_arn = "arn:aws:network-firewall:${var.region}:${var.account_id}:stateful-rulegroup/shop-prod-egress-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:root"] }
        Action    = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy", "network-firewall:UpdateFirewallPolicy"]
        Resource  = "arn:aws:network-firewall:${var.region}:${var.account_id}:stateful-rulegroup/shop-prod-egress-b"
      }
    ]
  })
}
