# The group replaces an instance only when the machine dies, not when the load balancer finds it sick.
# Source: AutoScaling.1
# Fault at: aws_autoscaling_group.hct_fault
# Near miss at: aws_autoscaling_group.hct_near

resource "aws_autoscaling_group" "hct_fault" {
  name                = "shop-prod-web-ec2"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "EC2"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  suspended_processes = ["AZRebalance"]
  tag {
    key                 = "Name"
    value               = "shop-prod-web-ec2"
    propagate_at_launch = true
  }
}

# Workers behind a queue: there is no load balancer whose check could count.
resource "aws_autoscaling_group" "hct_near" {
  name                = "shop-prod-worker"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "EC2"
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  suspended_processes = ["AZRebalance"]
  tag {
    key                 = "Name"
    value               = "shop-prod-worker"
    propagate_at_launch = true
  }
}
