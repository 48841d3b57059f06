resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-prod-errors"
  alarm_description   = "Errors of the whole shop."
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
    value               = "Errors of the whole shop."
    propagate_at_launch = true
  }
}

# A new alarm changes no existing threshold.
resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "shop-prod-latency"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Duration"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Maximum"
  threshold           = 1000
}

resource "aws_ssm_parameter" "slogan" {
  name  = "/shop/prod/slogan"
  type  = "String"
  value = "Fresher."
}

# Faulty but unchanged, so this change is not reported for it.
resource "aws_sns_topic" "as_ever" {
  name = "shop-prod-as-ever"
}
