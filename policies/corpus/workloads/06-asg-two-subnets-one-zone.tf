# The group's two subnets lie in the same zone, so the loss of that zone stops the service.
# Source: AutoScaling.2, https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
# Fault at: aws_autoscaling_group.onezone_fault
# Near miss at: aws_autoscaling_group.onezone_near

resource "aws_launch_template" "onezone" {
  name          = "shop-prod-onezone"
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
}

resource "aws_lb_target_group" "onezone" {
  name     = "shop-prod-onezone"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.work.id
  health_check {
    path     = "/healthz"
    protocol = "HTTPS"
    matcher  = "200"
  }
}

resource "aws_autoscaling_group" "onezone_fault" {
  name                = "shop-prod-web-aa"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_a2.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-aa"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "onezone_near" {
  name                = "shop-prod-web-ab"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-ab"
    propagate_at_launch = true
  }
}
