# A tunnel has its shared key in the source.
# Source: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
# Fault at: aws_vpn_connection.secvpn_fault
# Near miss at: aws_vpn_connection.secvpn_near

resource "aws_customer_gateway" "secvpn_gw" {
  bgp_asn    = 65010
  ip_address = "198.51.100.7"
  type       = "ipsec.1"
}

resource "aws_vpn_gateway" "secvpn_vgw" {
  amazon_side_asn = 64512
}

resource "aws_vpn_connection" "secvpn_fault" {
  customer_gateway_id   = aws_customer_gateway.secvpn_gw.id
  vpn_gateway_id        = aws_vpn_gateway.secvpn_vgw.id
  type                  = "ipsec.1"
  tunnel1_preshared_key = "mcqKex2fc45WKtJFwet6Xs6xqt5pRDLq"
  tunnel1_ike_versions  = ["ikev2"]
  tunnel2_ike_versions  = ["ikev2"]
}

# AWS makes the keys up and keeps them in Secrets Manager.
resource "aws_vpn_connection" "secvpn_near" {
  customer_gateway_id      = aws_customer_gateway.secvpn_gw.id
  vpn_gateway_id           = aws_vpn_gateway.secvpn_vgw.id
  type                     = "ipsec.1"
  preshared_key_storage    = "SecretsManager"
  tunnel1_ike_versions     = ["ikev2"]
  tunnel2_ike_versions     = ["ikev2"]
}
