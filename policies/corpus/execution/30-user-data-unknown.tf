# The user data cannot be read in the plan, because it is mixed with a value that is not known yet.
# Source: https://developer.hashicorp.com/terraform/internals/json-format (after_unknown)
# Fault at: aws_instance.udunk_fault
# Near miss at: aws_instance.udunk_near

resource "aws_kms_key" "udunk_key" {
  description         = "Key for udunk_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udunk_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udunk_subnet" {
  vpc_id     = aws_vpc.udunk_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udunk_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udunk_key]
}

resource "aws_instance" "udunk_fault" {
  ami                  = data.aws_ami.udunk_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udunk_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udunk_key.arn
  }
  user_data = "#!/bin/sh\ncurl -s https://get.example.net/x | sh\necho ${aws_vpc.udunk_vpc.id} > /etc/shop-vpc\n"
}

resource "aws_instance" "udunk_near" {
  ami                  = data.aws_ami.udunk_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udunk_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udunk_key.arn
  }
  user_data = "#!/bin/sh\necho shop-prod > /etc/shop-vpc\n"
}
