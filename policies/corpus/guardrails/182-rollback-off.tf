# A deployment is no longer stopped and undone when an alarm goes off.
# Source: https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html
# Fault at: aws_codedeploy_deployment_group.rollback_off_fault
# Near miss at: aws_codedeploy_deployment_group.rollback_off_near

resource "aws_codedeploy_deployment_group" "rollback_off_fault" {
  app_name              = "shop-prod"
  deployment_group_name = "shop-prod-orders"
  service_role_arn      = "arn:aws:iam:::role/shop-prod-deploy"
  auto_rollback_configuration {
    enabled = false
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = false
    alarms  = ["shop-prod-errors"]
  }
}

resource "aws_codedeploy_deployment_group" "rollback_off_near" {
  app_name              = "shop-prod"
  deployment_group_name = "shop-prod-billing"
  service_role_arn      = "arn:aws:iam:::role/shop-prod-deploy"
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = ["shop-prod-errors", "shop-prod-latency"]
  }
}
