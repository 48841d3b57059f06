# A production instance starts in a default subnet, which gives public addresses and leads to the internet.
# Source: CKV_AWS_148, https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
# Fault at: aws_instance.default_network_fault
# Near miss at: aws_instance.default_network_near

resource "aws_default_subnet" "a" {
  availability_zone = "${var.region}a"
}

resource "aws_instance" "default_network_fault" {
  ami           = var.image
  instance_type = "m6i.large"
  ebs_optimized = true
  monitoring    = true
  subnet_id     = aws_default_subnet.a.id

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.shop.arn
  }
}

resource "aws_instance" "default_network_near" {
  ami                    = var.image
  instance_type          = "m6i.large"
  ebs_optimized          = true
  monitoring             = true
  subnet_id              = aws_subnet.private_a.id
  vpc_security_group_ids = [aws_security_group.app.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.shop.arn
  }
}
