# The second tunnel of the VPN accepts IKE version 1, SHA-1 and a 1024-bit group.
# Source: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
# Fault at: aws_vpn_connection.tunnel_fault
# Near miss at: aws_vpn_connection.tunnel_near

resource "aws_kms_key" "tunnel" {
  description         = "Tunnels"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "tunnel" {
  name              = "/shop/prod/tunnel"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.tunnel.arn
}

resource "aws_customer_gateway" "tunnel" {
  bgp_asn    = 65010
  ip_address = "203.0.113.10"
  type       = "ipsec.1"
  tags       = { Name = "shop-prod-office" }
}

resource "aws_vpn_connection" "tunnel_fault" {
  customer_gateway_id                  = aws_customer_gateway.tunnel.id
  transit_gateway_id                   = "tgw-0a1b2c3d4e5f60718"
  type                                 = "ipsec.1"
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_phase1_dh_group_numbers      = [20]
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase1_integrity_algorithms  = ["SHA2-384"]
  tunnel1_phase2_dh_group_numbers      = [20]
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_integrity_algorithms  = ["SHA2-384"]
  tunnel2_ike_versions                 = ["ikev1", "ikev2"]
  tunnel2_phase1_dh_group_numbers      = [2, 20]
  tunnel2_phase1_encryption_algorithms = ["AES128", "AES256-GCM-16"]
  tunnel2_phase1_integrity_algorithms  = ["SHA1", "SHA2-384"]
  tunnel2_phase2_dh_group_numbers      = [2, 20]
  tunnel2_phase2_encryption_algorithms = ["AES128", "AES256-GCM-16"]
  tunnel2_phase2_integrity_algorithms  = ["SHA1", "SHA2-384"]
  tunnel1_log_options {
    cloudwatch_log_options {
      log_enabled   = true
      log_group_arn = aws_cloudwatch_log_group.tunnel.arn
    }
  }
  tunnel2_log_options {
    cloudwatch_log_options {
      log_enabled   = true
      log_group_arn = aws_cloudwatch_log_group.tunnel.arn
    }
  }
  tags = { Name = "shop-prod-office" }
}

resource "aws_vpn_connection" "tunnel_near" {
  customer_gateway_id                  = aws_customer_gateway.tunnel.id
  transit_gateway_id                   = "tgw-0a1b2c3d4e5f60718"
  type                                 = "ipsec.1"
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_phase1_dh_group_numbers      = [20, 21]
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase1_integrity_algorithms  = ["SHA2-384"]
  tunnel1_phase2_dh_group_numbers      = [20, 21]
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_integrity_algorithms  = ["SHA2-384"]
  tunnel2_ike_versions                 = ["ikev2"]
  tunnel2_phase1_dh_group_numbers      = [20, 21]
  tunnel2_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase1_integrity_algorithms  = ["SHA2-384"]
  tunnel2_phase2_dh_group_numbers      = [20, 21]
  tunnel2_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase2_integrity_algorithms  = ["SHA2-384"]
  tunnel1_log_options {
    cloudwatch_log_options {
      log_enabled   = true
      log_group_arn = aws_cloudwatch_log_group.tunnel.arn
    }
  }
  tunnel2_log_options {
    cloudwatch_log_options {
      log_enabled   = true
      log_group_arn = aws_cloudwatch_log_group.tunnel.arn
    }
  }
  tags = { Name = "shop-prod-office-strict" }
}
