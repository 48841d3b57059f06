# An elastic address puts the instance of the billing system on the internet.
# Source: EC2.9, CKV2_AWS_19
# Fault at: aws_eip_association.later_fault
# Fault at: aws_eip.inline_fault
# Near miss at: aws_eip.later_near

resource "aws_network_interface" "billing" {
  subnet_id       = aws_subnet.public_a.id
  security_groups = [aws_security_group.app.id]
}

resource "aws_instance" "billing" {
  ami           = var.image
  instance_type = "m6g.large"

  metadata_options {
    http_tokens = "required"
  }

  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.billing.id
  }
}

resource "aws_eip" "billing" {
  domain = "vpc"
}

resource "aws_eip_association" "later_fault" {
  allocation_id        = aws_eip.billing.id
  network_interface_id = aws_network_interface.billing.id
}

resource "aws_instance" "taxes" {
  ami           = var.image
  instance_type = "m6g.large"
  subnet_id     = aws_subnet.public_b.id

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eip" "inline_fault" {
  domain   = "vpc"
  instance = aws_instance.taxes.id
}

resource "aws_eip" "later_near" {
  domain = "vpc"
}

resource "aws_nat_gateway" "second" {
  allocation_id = aws_eip.later_near.id
  subnet_id     = aws_subnet.public_b.id
}
