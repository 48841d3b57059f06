# User data of several parts includes whatever a foreign web server answers.
# Source: https://cloudinit.readthedocs.io/en/latest/explanation/format.html (include file)
# Fault at: aws_instance.udinc_fault
# Near miss at: aws_instance.udinc_near

resource "aws_kms_key" "udinc_key" {
  description         = "Key for udinc_key"
  enable_key_rotation = true
}

resource "aws_vpc" "udinc_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "udinc_subnet" {
  vpc_id     = aws_vpc.udinc_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "udinc_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.udinc_key]
}

resource "aws_instance" "udinc_fault" {
  ami                  = data.aws_ami.udinc_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udinc_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udinc_key.arn
  }
  user_data = <<-EOT
    Content-Type: multipart/mixed; boundary="B"
    MIME-Version: 1.0

    --B
    Content-Type: text/x-include-url

    #include
    https://boot.example.net/part1
    --B--
  EOT
}

resource "aws_instance" "udinc_near" {
  ami                  = data.aws_ami.udinc_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.udinc_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.udinc_key.arn
  }
  user_data = <<-EOT
    Content-Type: multipart/mixed; boundary="B"
    MIME-Version: 1.0

    --B
    Content-Type: text/cloud-config

    #cloud-config
    # includes the settings of https://wiki.example.com/boot
    timezone: Europe/Berlin
    --B--
  EOT
}
