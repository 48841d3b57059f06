# The launch configuration attaches a second data volume without encryption.
# Source: CKV_AWS_8, EC2.3, AVD-AWS-0008
# Fault at: aws_launch_configuration.fleet_fault
# Near miss at: aws_launch_configuration.fleet_near

variable "fleet_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_launch_configuration" "fleet_fault" {
  name          = "shop-prod-batch"
  image_id      = var.fleet_image
  instance_type = "m5.large"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    encrypted = true
  }

  dynamic "ebs_block_device" {
    for_each = ["/dev/sdf", "/dev/sdg"]
    content {
      device_name = ebs_block_device.value
      volume_size = 200
      encrypted   = ebs_block_device.value == "/dev/sdf"
    }
  }
}

resource "aws_launch_configuration" "fleet_near" {
  name          = "shop-prod-batch-local"
  image_id      = var.fleet_image
  instance_type = "m5d.large"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    encrypted = true
  }

  ephemeral_block_device {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}
