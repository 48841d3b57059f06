# The workflow of payments writes no log.
# Source: StepFunctions.1, CKV_AWS_285
# Fault at: aws_sfn_state_machine.workflow_log_off_fault
# Near miss at: aws_sfn_state_machine.workflow_log_off_near

resource "aws_sfn_state_machine" "workflow_log_off_fault" {
  name       = "shop-prod-orders"
  role_arn   = "arn:aws:iam:::role/shop-prod-workflow"
  definition = jsonencode({ StartAt = "Pay", States = { Pay = { Type = "Task", Resource = aws_sfn_activity.workflow_log_off_pay.id, End = true } } })
  tracing_configuration {
    enabled = true
  }
  logging_configuration {
    level                  = "OFF"
    include_execution_data = false
    log_destination        = "arn:aws:logs:::log-group:shop-prod-workflow:*"
  }
}

resource "aws_sfn_state_machine" "workflow_log_off_near" {
  name       = "shop-prod-billing"
  role_arn   = "arn:aws:iam:::role/shop-prod-workflow"
  definition = jsonencode({ StartAt = "Pay", States = { Pay = { Type = "Task", Resource = aws_sfn_activity.workflow_log_off_pay.id, End = true } } })
  tracing_configuration {
    enabled = true
  }
  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "arn:aws:logs:::log-group:shop-prod-workflow:*"
  }
}

resource "aws_sfn_activity" "workflow_log_off_pay" {
  name = "shop-prod-pay"
}
