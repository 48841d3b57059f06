# All instances of the production group are spot instances, which AWS takes back with two minutes' notice.
# Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html
# Fault at: aws_autoscaling_group.allspot_fault
# Near miss at: aws_autoscaling_group.allspot_near

resource "aws_autoscaling_group" "allspot_fault" {
  name                = "shop-prod-web-spot"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 0
      on_demand_percentage_above_base_capacity = 0
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.onezone.id
        version            = aws_launch_template.onezone.latest_version
      }
      override { instance_type = "m7i.large" }
      override { instance_type = "m6i.large" }
    }
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-spot"
    propagate_at_launch = true
  }
}

# The minimum of the group runs on demand; only what is above it is spot.
resource "aws_autoscaling_group" "allspot_near" {
  name                = "shop-prod-web-base"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.onezone.arn]
  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 2
      on_demand_percentage_above_base_capacity = 0
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.onezone.id
        version            = aws_launch_template.onezone.latest_version
      }
      override { instance_type = "m7i.large" }
      override { instance_type = "m6i.large" }
    }
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-base"
    propagate_at_launch = true
  }
}
