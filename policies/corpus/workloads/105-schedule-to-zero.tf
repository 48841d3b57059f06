# Every evening a schedule scales the production shop to no instance at all.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
# Fault at: aws_autoscaling_schedule.zero_fault
# Near miss at: aws_autoscaling_schedule.zero_near

resource "aws_autoscaling_schedule" "zero_fault" {
  scheduled_action_name  = "shop-prod-evening-off"
  autoscaling_group_name = aws_autoscaling_group.onezone_near.name
  recurrence             = "0 20 * * *"
  time_zone              = "Europe/Berlin"
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
}

resource "aws_autoscaling_schedule" "zero_near" {
  scheduled_action_name  = "shop-prod-evening-small"
  autoscaling_group_name = aws_autoscaling_group.onezone_near.name
  recurrence             = "0 20 * * *"
  time_zone              = "Europe/Berlin"
  min_size               = 2
  max_size               = 4
  desired_capacity       = 2
}
