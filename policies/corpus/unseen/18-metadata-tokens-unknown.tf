# Whether an instance requires tokens for its metadata is known only after the apply.
# Source: CKV_AWS_79, EC2.8
# Fault at: aws_instance.imds_unknown_fault
# Near miss at: aws_instance.imds_unknown_near

variable "imds_unknown_image" {
  description = "Image of the workers."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "terraform_data" "imds_unknown" {
  input = "optional"
}

resource "aws_kms_key" "imds_unknown" {
  description             = "Disks"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_efs_file_system" "imds_unknown" {
  creation_token = "shop-prod-imds-unknown"
  encrypted      = true
  kms_key_id     = aws_kms_key.imds_unknown.arn
}

resource "aws_security_group" "imds_unknown" {
  name        = "shop-prod-imds-unknown"
  description = "Workers"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_instance" "imds_unknown_fault" {
  ami                    = var.imds_unknown_image
  instance_type          = "m7g.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = [aws_security_group.imds_unknown.id]
  ebs_optimized          = true
  monitoring             = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = terraform_data.imds_unknown.output
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.imds_unknown.arn
  }

  tags = { Name = "shop-prod-imds-unknown-a" }
}

resource "aws_instance" "imds_unknown_near" {
  ami                    = var.imds_unknown_image
  instance_type          = "m7g.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = [aws_security_group.imds_unknown.id]
  ebs_optimized          = true
  monitoring             = true
  user_data = templatefile("${path.module}/modules/mount.sh.tftpl", {
    file_system = aws_efs_file_system.imds_unknown.id
  })

  dynamic "metadata_options" {
    for_each = [{ tokens = "required" }]

    content {
      http_endpoint               = "enabled"
      http_tokens                 = try(metadata_options.value.tokens, "optional")
      http_put_response_hop_limit = try(metadata_options.value.hops, 1)
    }
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.imds_unknown.arn
  }

  tags = { Name = "shop-prod-imds-unknown-b" }
}
