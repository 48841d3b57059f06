# The default security group of a VPC lets every address in on the application's port.
# Source: EC2.2, CKV2_AWS_12
# Fault at: aws_default_security_group.default_fault
# Near miss at: aws_default_security_group.default_near

resource "aws_vpc" "side" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_default_security_group" "default_fault" {
  vpc_id = aws_vpc.side.id

  ingress {
    description = "Everything from the VPC and from outside"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["10.30.0.0/16", "0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "default_near" {
  vpc_id = aws_vpc.shop.id
}
