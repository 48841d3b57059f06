# A launch template gives every instance a public address.
# Source: EC2.25, CKV_AWS_88
# Fault at: aws_launch_template.address_fault
# Near miss at: aws_launch_template.address_near

variable "image" {
  description = "Machine image that the pipeline has built."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_launch_template" "address_fault" {
  name          = "shop-prod-workers"
  image_id      = var.image
  instance_type = "m6g.large"

  metadata_options {
    http_tokens                 = "required"
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    device_index                = 0
    associate_public_ip_address = "true"
    security_groups             = [aws_security_group.app.id]
  }
}

resource "aws_launch_template" "address_near" {
  name          = "shop-prod-public-workers"
  image_id      = var.image
  instance_type = "m6g.large"

  metadata_options {
    http_tokens                 = "required"
    http_endpoint               = "enabled"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    device_index                = 0
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.app.id]
  }
}
