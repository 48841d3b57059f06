# The launch template gives its only network interface a public address, through a dynamic block.
# Source: EC2.25, AutoScaling.5, CKV_AWS_88
# Fault at: aws_launch_template.eni_fault
# Near miss at: aws_launch_template.eni_near

resource "aws_launch_template" "eni_fault" {
  name          = "shop-prod-eni-pub"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  monitoring { enabled = true }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.work.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  dynamic "network_interfaces" {
    for_each = { eth0 = true }
    content {
      device_index                = 0
      associate_public_ip_address = network_interfaces.value
      security_groups             = [aws_security_group.work_app.id]
    }
  }
}

resource "aws_launch_template" "eni_near" {
  name          = "shop-prod-eni"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  monitoring { enabled = true }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = "true"
      kms_key_id  = aws_kms_key.work.arn
      volume_size = 20
      volume_type = "gp3"
    }
  }
  dynamic "network_interfaces" {
    for_each = { eth0 = false }
    content {
      device_index                = 0
      associate_public_ip_address = network_interfaces.value
      delete_on_termination       = true
      security_groups             = [aws_security_group.work_app.id]
    }
  }
}
