# A spot fleet and a launch configuration give every instance a public address.
# Source: AutoScaling.5, CKV_AWS_88
# Fault at: aws_launch_configuration.older_fault
# Fault at: aws_spot_fleet_request.older_fault
# Near miss at: aws_launch_configuration.older_near

resource "aws_launch_configuration" "older_fault" {
  name                        = "shop-prod-render"
  image_id                    = var.image
  instance_type               = "m6i.large"
  associate_public_ip_address = true
  security_groups             = [aws_security_group.app.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}

resource "aws_spot_fleet_request" "older_fault" {
  iam_fleet_role  = aws_iam_role.service.arn
  target_capacity = 2

  launch_specification {
    ami                         = var.image
    instance_type               = "m6i.large"
    subnet_id                   = aws_subnet.public_a.id
    vpc_security_group_ids      = [aws_security_group.app.id]
    associate_public_ip_address = true
  }
}

resource "aws_launch_configuration" "older_near" {
  name                        = "shop-prod-resize"
  image_id                    = var.image
  instance_type               = "m6i.large"
  associate_public_ip_address = false
  security_groups             = [aws_security_group.app.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }
}
