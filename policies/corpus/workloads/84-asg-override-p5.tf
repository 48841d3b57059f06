# One override of the group allows p5.48xlarge, which costs tens of US dollars an hour, for a web shop.
# Source: https://aws.amazon.com/ec2/instance-types/p5/, https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/
# Fault at: aws_autoscaling_group.huge_fault
# Near miss at: aws_autoscaling_group.huge_near

resource "aws_autoscaling_group" "huge_fault" {
  name                = "shop-prod-web-huge"
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
      override { instance_type = "p5.48xlarge" }
    }
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-huge"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "huge_near" {
  name                = "shop-prod-web-size"
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
      override { instance_type = "m7i.xlarge" }
    }
  }
  tag {
    key                 = "Name"
    value               = "shop-prod-web-size"
    propagate_at_launch = true
  }
}
