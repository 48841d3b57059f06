# The VPN of the employees no longer logs who connects.
# Source: EC2.51
# Fault at: aws_ec2_client_vpn_endpoint.vpn_connections_unlogged_fault
# Near miss at: aws_ec2_client_vpn_endpoint.vpn_connections_unlogged_near

resource "aws_ec2_client_vpn_endpoint" "vpn_connections_unlogged_fault" {
  description            = "shop-prod-orders"
  server_certificate_arn = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
  client_cidr_block      = "10.200.0.0/22"
  split_tunnel           = true
  vpc_id                 = "vpc-0a1b2c3d4e5f60718"
  security_group_ids     = ["sg-0a1b2c3d4e5f60718"]
  session_timeout_hours  = 8
  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = "arn:aws:iam:::saml-provider/shop"
  }
  connection_log_options {
    enabled = false
  }
}

resource "aws_ec2_client_vpn_endpoint" "vpn_connections_unlogged_near" {
  description            = "shop-prod-billing"
  server_certificate_arn = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
  client_cidr_block      = "10.200.0.0/22"
  split_tunnel           = true
  vpc_id                 = "vpc-0a1b2c3d4e5f60718"
  security_group_ids     = ["sg-0a1b2c3d4e5f60718"]
  session_timeout_hours  = 10
  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = "arn:aws:iam:::saml-provider/shop"
  }
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "shop-prod-vpn"
  }
}
