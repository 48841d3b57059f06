# User data contains the address of a database with its password.
# Source: CKV_AWS_46
# Fault at: aws_instance.secud_fault
# Near miss at: aws_instance.secud_near

resource "aws_kms_key" "secud_key" {
  description         = "Key for secud_key"
  enable_key_rotation = true
}

resource "aws_vpc" "secud_vpc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "secud_subnet" {
  vpc_id     = aws_vpc.secud_vpc.id
  cidr_block = "10.20.1.0/24"
}

data "aws_ami" "secud_ami" {
  owners     = ["self"]
  name_regex = "^shop-prod-base-"
  depends_on = [aws_kms_key.secud_key]
}

resource "aws_instance" "secud_fault" {
  ami                  = data.aws_ami.secud_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.secud_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.secud_key.arn
  }
  user_data = "#!/bin/sh\necho 'DSN=postgresql://shop:UzGub2UXGY6DEdPaSga3iO@db.shop.internal:5432/orders' > /etc/shop.env\n"
}

resource "aws_instance" "secud_near" {
  ami                  = data.aws_ami.secud_ami.id
  instance_type        = "m7g.medium"
  subnet_id            = aws_subnet.secud_subnet.id
  monitoring           = true
  ebs_optimized        = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.secud_key.arn
  }
  user_data = "#!/bin/sh\nPW=$(aws secretsmanager get-secret-value --secret-id shop-prod-db --query SecretString --output text)\necho \"DSN=postgresql://shop:$PW@db.shop.internal:5432/orders\" > /etc/shop.env\n"
}
