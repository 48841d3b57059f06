# The address of a NAT gateway gets the prefix length 0, which is the whole internet, on the port of a database.
# Source: CKV_AWS_260, EC2.19
# Fault at: aws_security_group.eip_zero_fault
# Near miss at: aws_security_group.eip_zero_near

resource "aws_eip" "eip_zero" {
  domain = "vpc"
}

resource "aws_security_group" "eip_zero_fault" {
  name        = "shop-prod-eip-zero-a"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  ingress {
    description = "Reports through the NAT gateway"
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["${aws_eip.eip_zero.public_ip}/0"]
  }
}

resource "aws_security_group" "eip_zero_near" {
  name        = "shop-prod-eip-zero-b"
  description = "Database"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  ingress {
    description = "Reports through the NAT gateway"
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["${aws_eip.eip_zero.public_ip}/32"]
  }
}
