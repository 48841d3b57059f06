# The network firewall lets packets pass that no rule matches.
# Source: NetworkFirewall.4, NetworkFirewall.5
# Fault at: aws_networkfirewall_firewall_policy.network_firewall_passes_fault
# Near miss at: aws_networkfirewall_firewall_policy.network_firewall_passes_near

resource "aws_networkfirewall_firewall_policy" "network_firewall_passes_fault" {
  name = "shop-prod-orders"
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  firewall_policy {
    stateless_default_actions          = ["aws:pass"]
    stateless_fragment_default_actions = ["aws:pass"]
    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_default_actions = ["aws:drop_established", "aws:alert_established"]
  }
}

resource "aws_networkfirewall_firewall_policy" "network_firewall_passes_near" {
  name = "shop-prod-billing"
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_default_actions = ["aws:drop_established", "aws:alert_established"]
  }
}
