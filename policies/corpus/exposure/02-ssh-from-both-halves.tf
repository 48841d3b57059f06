# Port 22 is open to both halves of the internet, each of which is not 0.0.0.0/0.
# Source: CKV_AWS_24, AVD-AWS-0107
# Fault at: aws_security_group.halves_fault
# Near miss at: aws_security_group.halves_near

resource "aws_security_group" "halves_fault" {
  name        = "shop-prod-bastion"
  description = "Bastion"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "SSH west"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/1"]
  }

  ingress {
    description = "SSH east"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["128.0.0.0/1"]
  }
}

resource "aws_security_group" "halves_near" {
  name        = "shop-prod-jump"
  description = "Jump host"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "SSH from the lower half of the corporate network"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/9"]
  }

  ingress {
    description = "SSH from the upper half of the corporate network"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.128.0.0/9"]
  }
}
