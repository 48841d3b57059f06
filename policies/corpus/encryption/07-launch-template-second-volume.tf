# The launch template encrypts the root volume but not the data volume that a dynamic block adds.
# Source: CKV_AWS_8, AVD-AWS-0131
# Fault at: aws_launch_template.second_volume_fault
# Near miss at: aws_launch_template.second_volume_near

variable "second_volume_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "second_volume" {
  description         = "Volumes of workers"
  enable_key_rotation = true
}

locals {
  second_volume_disks = {
    "/dev/xvda" = { size = 30, encrypted = true }
    "/dev/sdf"  = { size = 500, encrypted = false }
  }
}

resource "aws_launch_template" "second_volume_fault" {
  name          = "shop-prod-workers"
  image_id      = var.second_volume_image
  instance_type = "m7g.large"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  dynamic "block_device_mappings" {
    for_each = local.second_volume_disks
    content {
      device_name = block_device_mappings.key
      ebs {
        volume_size = block_device_mappings.value.size
        volume_type = "gp3"
        encrypted   = block_device_mappings.value.encrypted
        kms_key_id  = block_device_mappings.value.encrypted ? aws_kms_key.second_volume.arn : null
      }
    }
  }
}

resource "aws_launch_template" "second_volume_near" {
  name          = "shop-prod-cache-workers"
  image_id      = var.second_volume_image
  instance_type = "m5d.large"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 30
      volume_type = "gp3"
      encrypted   = "true"
      kms_key_id  = aws_kms_key.second_volume.arn
    }
  }

  # The instance store is always encrypted by the hardware.
  block_device_mappings {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }

  # Suppresses a mapping of the image.
  block_device_mappings {
    device_name = "/dev/sdc"
    no_device   = "true"
  }
}
