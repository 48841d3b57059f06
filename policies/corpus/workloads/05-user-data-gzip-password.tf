# A database password sits in the compressed user data of a launch template.
# Source: CKV_AWS_46, Prowler ec2_launch_template_no_secrets
# Fault at: aws_launch_template.udgzip_fault
# Near miss at: aws_launch_template.udgzip_near

resource "aws_launch_template" "udgzip_fault" {
  name          = "shop-prod-batch-gzip"
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
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
  user_data = base64gzip(<<-EOT
    #!/bin/bash
    export DB_HOST=db.shop.internal
    export DB_PASSWORD=Wn7#kd93LqPz0vYt
    /opt/shop/run-batch
  EOT
  )
}

# The same script asks Secrets Manager for the password when the instance starts.
resource "aws_launch_template" "udgzip_near" {
  name          = "shop-prod-batch-secret"
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
  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = [aws_security_group.work_app.id]
  }
  user_data = base64gzip(<<-EOT
    #!/bin/bash
    export DB_HOST=db.shop.internal
    export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id shop-prod-db --query SecretString --output text)
    /opt/shop/run-batch
  EOT
  )
}
