# A launch template gives a database password as an option of a command.
# Source: CKV_AWS_46; https://attack.mitre.org/techniques/T1552/001/
# Fault at: aws_launch_template.secmy_fault
# Near miss at: aws_launch_template.secmy_near

resource "aws_kms_key" "secmy_key" {
  description         = "Key for secmy_key"
  enable_key_rotation = true
}

resource "aws_launch_template" "secmy_fault" {
  name          = "shop-prod-secmy-fault"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\nmysql -h db.shop.internal -u shop -pl3te8C3obiYo7TqtGi!7 orders < /opt/shop/views.sql\nexport PGPASSWORD=BcyMQWAgCdAmHFQButyc8f2E\n")

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
      kms_key_id = aws_kms_key.secmy_key.arn
    }
  }
}

resource "aws_launch_template" "secmy_near" {
  name          = "shop-prod-secmy-near"
  image_id      = "resolve:ssm:/shop-prod/ami"
  instance_type = "m7g.medium"
  user_data     = base64encode("#!/bin/bash\nmysql --defaults-file=/run/shop/my.cnf -h db.shop.internal orders < /opt/shop/views.sql\nexport PGPASSFILE=/run/shop/pgpass\n")

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
      kms_key_id = aws_kms_key.secmy_key.arn
    }
  }
}
