# The shop's domain is not locked against a transfer to another registrar.
# Source: Prowler route53_domains_transferlock_enabled, CKV_AWS_377
# Fault at: aws_route53domains_registered_domain.lock_fault
# Near miss at: aws_route53domains_registered_domain.lock_near

resource "aws_route53domains_registered_domain" "lock_fault" {
  domain_name        = "shop.example"
  auto_renew         = true
  admin_privacy      = true
  registrant_privacy = true
  tech_privacy       = true
  transfer_lock      = false
}

resource "aws_route53domains_registered_domain" "lock_near" {
  domain_name        = "shop-prod.example"
  auto_renew         = true
  admin_privacy      = true
  registrant_privacy = true
  tech_privacy       = true
  transfer_lock      = true
}
