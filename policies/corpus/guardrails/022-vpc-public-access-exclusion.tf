# The VPC is exempted from the block of public access in both directions.
# Source: EC2.172, https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
# Fault at: aws_vpc_block_public_access_exclusion.vpc_public_access_exclusion_fault
# Near miss at: aws_vpc_block_public_access_exclusion.vpc_public_access_exclusion_near

resource "aws_vpc_block_public_access_exclusion" "vpc_public_access_exclusion_fault" {
  vpc_id                          = "vpc-0a1b2c3d4e5f60718"
  internet_gateway_exclusion_mode = "allow-bidirectional"
}

resource "aws_vpc_block_public_access_exclusion" "vpc_public_access_exclusion_near" {
  subnet_id                       = "subnet-0a1b2c3d4e5f60718"
  internet_gateway_exclusion_mode = "allow-egress"
}
