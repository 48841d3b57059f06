# The DNS firewall lets every name pass when it does not answer.
# Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html
# Fault at: aws_route53_resolver_firewall_config.dns_firewall_fails_open_fault
# Near miss at: aws_route53_resolver_firewall_config.dns_firewall_fails_open_near

resource "aws_route53_resolver_firewall_config" "dns_firewall_fails_open_fault" {
  resource_id        = "vpc-0a1b2c3d4e5f60718"
  firewall_fail_open = "ENABLED"
}

resource "aws_route53_resolver_firewall_config" "dns_firewall_fails_open_near" {
  resource_id        = "vpc-0a1b2c3d4e5f60719"
  firewall_fail_open = "DISABLED"
}
