# The DNS firewall reports names of command servers and no longer blocks them.
# Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-actions.html
# Fault at: aws_route53_resolver_firewall_rule.dns_firewall_alerts_only_fault
# Near miss at: aws_route53_resolver_firewall_rule.dns_firewall_alerts_only_near

resource "aws_route53_resolver_firewall_rule" "dns_firewall_alerts_only_fault" {
  name                    = "shop-prod-orders"
  firewall_domain_list_id = "rslvr-fdl-0a1b2c3d4e5f6071"
  firewall_rule_group_id  = "rslvr-frg-0a1b2c3d4e5f6071"
  priority                = 100
  action                  = "ALERT"
}

resource "aws_route53_resolver_firewall_rule" "dns_firewall_alerts_only_near" {
  name                    = "shop-prod-billing"
  firewall_domain_list_id = "rslvr-fdl-0a1b2c3d4e5f6071"
  firewall_rule_group_id  = "rslvr-frg-0a1b2c3d4e5f6071"
  priority                = 50
  action                  = "BLOCK"
  block_response          = "NXDOMAIN"
}
