# Everybody who can connect to the client VPN may reach every network.
# Source: https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-rules.html
# Fault at: aws_ec2_client_vpn_authorization_rule.group_fault
# Near miss at: aws_ec2_client_vpn_authorization_rule.group_near

resource "aws_acm_certificate" "vpn" {
  domain_name       = "vpn.shop.example.com"
  validation_method = "DNS"
}

resource "aws_iam_saml_provider" "staff" {
  name                   = "shop-prod-staff"
  saml_metadata_document = <<-XML
    <?xml version="1.0"?>
    <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://login.shop.example.com/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"></EntityDescriptor>
  XML
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  description            = "shop-prod-staff"
  client_cidr_block      = "10.99.0.0/22"
  server_certificate_arn = aws_acm_certificate.vpn.arn
  vpc_id                 = aws_vpc.shop.id
  security_group_ids     = [aws_security_group.app.id]

  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = aws_iam_saml_provider.staff.arn
  }

  connection_log_options {
    enabled = false
  }
}

resource "aws_ec2_client_vpn_authorization_rule" "group_fault" {
  client_vpn_endpoint_id = aws_ec2_client_vpn_endpoint.staff.id
  target_network_cidr    = "0.0.0.0/0"
  authorize_all_groups   = true
}

resource "aws_ec2_client_vpn_authorization_rule" "group_near" {
  client_vpn_endpoint_id = aws_ec2_client_vpn_endpoint.staff.id
  target_network_cidr    = "10.20.0.0/16"
  access_group_id        = "shop-prod-operators"
}
