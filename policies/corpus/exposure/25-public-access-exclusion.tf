# The VPC's shield against the internet is switched off for the database subnet in both directions.
# Source: EC2.172, https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
# Fault at: aws_vpc_block_public_access_exclusion.shield_fault
# Near miss at: aws_vpc_block_public_access_exclusion.shield_near

resource "aws_vpc_block_public_access_options" "shield" {
  internet_gateway_block_mode = "block-bidirectional"
}

resource "aws_vpc_block_public_access_exclusion" "shield_fault" {
  subnet_id                       = aws_subnet.data_a.id
  internet_gateway_exclusion_mode = "allow-bidirectional"
}

resource "aws_vpc_block_public_access_exclusion" "shield_near" {
  subnet_id                       = aws_subnet.public_a.id
  internet_gateway_exclusion_mode = "allow-egress"
}
