# The template requires version 2 of the metadata service, but the instance made from it takes that back.
# Source: EC2.8, CKV_AWS_79, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#instance-metadata-order-of-precedence
# Fault at: aws_instance.tmpl_fault
# Near miss at: aws_instance.tmpl_near

resource "aws_launch_template" "tmpl" {
  name          = "shop-prod-tmpl"
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
}

resource "aws_instance" "tmpl_fault" {
  subnet_id                   = aws_subnet.work_a.id
  vpc_security_group_ids      = [aws_security_group.work_app.id]
  associate_public_ip_address = false
  disable_api_termination     = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
  launch_template {
    id      = aws_launch_template.tmpl.id
    version = aws_launch_template.tmpl.latest_version
  }
  tags = { Name = "shop-prod-tmpl-back" }
}

# Says nothing itself: image, size, metadata and disks come from the template.
resource "aws_instance" "tmpl_near" {
  subnet_id                   = aws_subnet.work_a.id
  vpc_security_group_ids      = [aws_security_group.work_app.id]
  associate_public_ip_address = false
  disable_api_termination     = true

  launch_template {
    id      = aws_launch_template.tmpl.id
    version = aws_launch_template.tmpl.latest_version
  }
  tags = { Name = "shop-prod-tmpl" }
}
