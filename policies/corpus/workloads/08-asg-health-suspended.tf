# The group never replaces a broken instance, because its health processes are suspended.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html, AutoScaling.1
# Fault at: aws_autoscaling_group.susp_fault
# Near miss at: aws_autoscaling_group.susp_near

resource "aws_autoscaling_group" "susp_fault" {
  name                = "shop-prod-web-susp"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  suspended_processes = ["HealthCheck", "ReplaceUnhealthy"]
  tag {
    key                 = "Name"
    value               = "shop-prod-web-susp"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "susp_near" {
  name                = "shop-prod-web-bal"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  launch_template {
    id      = aws_launch_template.onezone.id
    version = aws_launch_template.onezone.latest_version
  }
  suspended_processes = ["AZRebalance"]
  tag {
    key                 = "Name"
    value               = "shop-prod-web-bal"
    propagate_at_launch = true
  }
}
