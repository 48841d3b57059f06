# An instance gets a public address because its subnet gives one and it does not refuse.
# Source: EC2.9, CKV_AWS_88
# Fault at: aws_instance.implicit_fault
# Near miss at: aws_instance.implicit_near

resource "aws_instance" "implicit_fault" {
  ami                    = var.image
  instance_type          = "m6i.large"
  ebs_optimized          = true
  monitoring             = true
  subnet_id              = aws_subnet.address_fault.id
  vpc_security_group_ids = [aws_security_group.app.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.shop.arn
  }
}

resource "aws_instance" "implicit_near" {
  ami                         = var.image
  instance_type               = "m6i.large"
  ebs_optimized               = true
  monitoring                  = true
  subnet_id                   = aws_subnet.address_fault.id
  vpc_security_group_ids      = [aws_security_group.app.id]
  associate_public_ip_address = false

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.shop.arn
  }
}
