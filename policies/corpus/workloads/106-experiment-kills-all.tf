# An experiment may terminate all instances of the shop at once and nothing stops it.
# Source: https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html
# Fault at: aws_fis_experiment_template.chaos_fault
# Near miss at: aws_fis_experiment_template.chaos_near

resource "aws_fis_experiment_template" "chaos_fault" {
  description = "shop-prod-chaos-all"
  role_arn    = aws_iam_role.work_exec.arn
  stop_condition {
    source = "none"
  }
  action {
    name      = "kill"
    action_id = "aws:ec2:terminate-instances"
    target {
      key   = "Instances"
      value = "web"
    }
  }
  target {
    name           = "web"
    resource_type  = "aws:ec2:instance"
    selection_mode = "ALL"
    resource_tag {
      key   = "Project"
      value = "shop"
    }
  }
  log_configuration {
    log_schema_version = 2
    cloudwatch_logs_configuration { log_group_arn = "${aws_cloudwatch_log_group.work.arn}:*" }
  }
  tags = { Name = "shop-prod-chaos-all" }
}

resource "aws_fis_experiment_template" "chaos_near" {
  description = "shop-prod-chaos-one"
  role_arn    = aws_iam_role.work_exec.arn
  stop_condition {
    source = "aws:cloudwatch:alarm"
    value  = aws_cloudwatch_metric_alarm.mute_near.arn
  }
  action {
    name      = "kill"
    action_id = "aws:ec2:terminate-instances"
    target {
      key   = "Instances"
      value = "web"
    }
  }
  target {
    name           = "web"
    resource_type  = "aws:ec2:instance"
    selection_mode = "COUNT(1)"
    resource_tag {
      key   = "Project"
      value = "shop"
    }
  }
  log_configuration {
    log_schema_version = 2
    cloudwatch_logs_configuration { log_group_arn = "${aws_cloudwatch_log_group.work.arn}:*" }
  }
  tags = { Name = "shop-prod-chaos-one" }
}
