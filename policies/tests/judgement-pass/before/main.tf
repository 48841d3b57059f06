resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-prod-errors"
  alarm_description   = "Errors of the shop."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 5
}

resource "aws_budgets_budget" "month" {
  name         = "shop-prod-month"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}

resource "aws_appautoscaling_target" "web" {
  service_namespace  = "ecs"
  resource_id        = "service/shop/web"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 4
}

resource "aws_autoscaling_group" "workers" {
  name               = "shop-prod-workers"
  availability_zones = ["${var.region}a"]
  min_size           = 1
  max_size           = 4

  launch_template {
    name = "shop-prod-worker"
  }

  tag {
    key                 = "Note"
    value               = "Errors of the shop."
    propagate_at_launch = true
  }
}

resource "aws_ssm_parameter" "slogan" {
  name  = "/shop/prod/slogan"
  type  = "String"
  value = "Fresh."
}

# Faulty but unchanged, so this change is not reported for it.
resource "aws_sns_topic" "as_ever" {
  name = "shop-prod-as-ever"
}
