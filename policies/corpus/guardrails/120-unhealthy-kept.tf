# The group no longer replaces broken instances.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
# Fault at: aws_autoscaling_group.unhealthy_kept_fault
# Near miss at: aws_autoscaling_group.unhealthy_kept_near

resource "aws_autoscaling_group" "unhealthy_kept_fault" {
  name                = "shop-prod-orders-web"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  suspended_processes = ["HealthCheck", "ReplaceUnhealthy", "Launch"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}

resource "aws_autoscaling_group" "unhealthy_kept_near" {
  name                = "shop-prod-billing-web"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  suspended_processes = ["AZRebalance"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}
