# The rules of the network firewall let everything pass before they block.
# Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-examples.html
# Fault at: aws_networkfirewall_rule_group.suricata_passes_fault
# Near miss at: aws_networkfirewall_rule_group.suricata_passes_near

resource "aws_networkfirewall_rule_group" "suricata_passes_fault" {
  name     = "shop-prod-orders"
  type     = "STATEFUL"
  capacity = 100
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  rule_group {
    rules_source {
      rules_string = join("\n", [
        "pass ip any any <> any any (msg:\"known\"; sid:1; rev:1;)",
        "drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"other\"; sid:2; rev:1;)",
      ])
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

resource "aws_networkfirewall_rule_group" "suricata_passes_near" {
  name     = "shop-prod-billing"
  type     = "STATEFUL"
  capacity = 100
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  rule_group {
    rules_source {
      rules_string = join("\n", [
        "pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:\".amazonaws.com\"; endswith; flow:to_server; sid:1; rev:1;)",
        "drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"other\"; sid:2; rev:1;)",
      ])
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}
