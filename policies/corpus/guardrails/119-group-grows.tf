# The group of instances may grow from six to six hundred.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html
# Warns: the approvers decide
# Fault at: aws_autoscaling_group.group_grows_fault
# Near miss at: aws_autoscaling_group.group_grows_near

resource "aws_autoscaling_group" "group_grows_fault" {
  name                = "shop-prod-orders"
  min_size            = 2
  max_size            = 600
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}

resource "aws_autoscaling_group" "group_grows_near" {
  name                = "shop-prod-billing"
  min_size            = 2
  max_size            = 8
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}
