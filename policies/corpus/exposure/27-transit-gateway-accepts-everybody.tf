# A transit gateway accepts every attachment by itself.
# Source: EC2.23, CKV_AWS_331
# Fault at: aws_ec2_transit_gateway.accept_fault
# Near miss at: aws_ec2_transit_gateway.accept_near

resource "aws_ec2_transit_gateway" "accept_fault" {
  description                    = "shop-prod-hub"
  auto_accept_shared_attachments = "enable"
}

resource "aws_ec2_transit_gateway" "accept_near" {
  description                     = "shop-prod-core"
  default_route_table_association = "enable"
  default_route_table_propagation = "enable"
}
