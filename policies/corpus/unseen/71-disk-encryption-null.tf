# A launch template's second disk is explicitly not encrypted, by a key of a map.
# Source: CKV_AWS_8, EC2.7
# Fault at: aws_launch_template.disk_map_fault
# Near miss at: aws_launch_template.disk_map_near

locals {
  disk_map = {
    "/dev/xvda" = { size = 30, encrypted = "1" }
    "/dev/xvdb" = { size = 200, encrypted = "0" }
  }
}

variable "disk_map_image" {
  description = "Image of the workers."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "disk_map" {
  description             = "Disks"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_launch_template" "disk_map_fault" {
  name          = "shop-prod-disk-map-a"
  image_id      = var.disk_map_image
  instance_type = "m7g.large"

  dynamic "block_device_mappings" {
    for_each = local.disk_map

    content {
      device_name = block_device_mappings.key

      ebs {
        volume_size = block_device_mappings.value.size
        encrypted   = tobool(block_device_mappings.value.encrypted == "1")
      }
    }
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }
}

resource "aws_launch_template" "disk_map_near" {
  name          = "shop-prod-disk-map-b"
  image_id      = var.disk_map_image
  instance_type = "m7g.large"

  dynamic "block_device_mappings" {
    for_each = { for k, v in local.disk_map : k => v if v.encrypted == "1" }

    content {
      device_name = block_device_mappings.key

      ebs {
        volume_size = block_device_mappings.value.size
        encrypted   = tobool(block_device_mappings.value.encrypted == "1")
        kms_key_id  = aws_kms_key.disk_map.arn
      }
    }
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }
}
