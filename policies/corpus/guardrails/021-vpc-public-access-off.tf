# The account opens its VPCs to the internet gateways again.
# Source: EC2.172
# Fault at: aws_vpc_block_public_access_options.vpc_public_access_off_fault
# Near miss at: aws_vpc_block_public_access_options.vpc_public_access_off_near

resource "aws_vpc_block_public_access_options" "vpc_public_access_off_fault" {
  internet_gateway_block_mode = "off"
}

resource "aws_vpc_block_public_access_options" "vpc_public_access_off_near" {
  internet_gateway_block_mode = "block-ingress"
}
