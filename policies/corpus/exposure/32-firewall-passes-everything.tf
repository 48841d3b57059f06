# The network firewall lets every packet pass without looking at it.
# Source: NetworkFirewall.4, NetworkFirewall.5
# Fault at: aws_networkfirewall_firewall_policy.pass_fault
# Near miss at: aws_networkfirewall_firewall_policy.pass_near

resource "aws_networkfirewall_firewall_policy" "pass_fault" {
  name = "shop-prod-edge"

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = aws_kms_key.shop.arn
  }

  firewall_policy {
    stateless_default_actions          = ["aws:pass"]
    stateless_fragment_default_actions = ["aws:pass"]
  }
}

resource "aws_networkfirewall_firewall_policy" "pass_near" {
  name = "shop-prod-core"

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = aws_kms_key.shop.arn
  }

  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:drop"]
  }
}
