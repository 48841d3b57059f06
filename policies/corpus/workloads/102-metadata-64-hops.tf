# Answers of the metadata service travel 64 hops, so every container and proxy behind the instance can fetch its role's keys.
# Source: CKV_AWS_341, AutoScaling.4
# Fault at: aws_launch_template.hops_fault
# Near miss at: aws_launch_template.hops_near

resource "aws_launch_template" "hops_fault" {
  name          = "shop-prod-hops-64"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 64
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
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
}

# Two hops is what AWS advises for hosts of containers.
resource "aws_launch_template" "hops_near" {
  name          = "shop-prod-hops-2"
  image_id      = var.work_ami
  instance_type = "m7i.large"
  ebs_optimized = "true"
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
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
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
}
