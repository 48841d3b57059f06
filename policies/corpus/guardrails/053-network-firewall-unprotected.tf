# The network firewall can be deleted and its subnets can be changed.
# Source: NetworkFirewall.9, NetworkFirewall.10, CKV_AWS_344
# Fault at: aws_networkfirewall_firewall.network_firewall_unprotected_fault
# Near miss at: aws_networkfirewall_firewall.network_firewall_unprotected_near

resource "aws_networkfirewall_firewall" "network_firewall_unprotected_fault" {
  name                              = "shop-prod-orders"
  firewall_policy_arn               = "arn:aws:network-firewall:::firewall-policy/shop-prod"
  vpc_id                            = "vpc-0a1b2c3d4e5f60718"
  delete_protection                 = false
  subnet_change_protection          = false
  firewall_policy_change_protection = false
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}

resource "aws_networkfirewall_firewall" "network_firewall_unprotected_near" {
  name                              = "shop-prod-billing"
  firewall_policy_arn               = "arn:aws:network-firewall:::firewall-policy/shop-prod"
  vpc_id                            = "vpc-0a1b2c3d4e5f60718"
  delete_protection                 = true
  subnet_change_protection          = true
  firewall_policy_change_protection = true
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}
