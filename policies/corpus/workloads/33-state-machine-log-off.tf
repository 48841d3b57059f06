# The state machine names a log group, but its log level is OFF.
# Source: StepFunctions.1, CKV_AWS_285
# Fault at: aws_sfn_state_machine.sfnlog_fault
# Near miss at: aws_sfn_state_machine.sfnlog_near

resource "aws_sfn_state_machine" "sfnlog_fault" {
  name     = "shop-prod-pay-off"
  role_arn = aws_iam_role.work_exec.arn
  definition = jsonencode({
    StartAt        = "Charge"
    TimeoutSeconds = 900
    States = {
      Charge = {
        Type           = "Task"
        Resource       = "arn:aws:states:::lambda:invoke"
        Parameters     = { FunctionName = aws_lambda_function.work.arn, "Payload.$" = "$" }
        TimeoutSeconds = 60
        Retry          = [{ ErrorEquals = ["States.ALL"], IntervalSeconds = 2, MaxAttempts = 3, BackoffRate = 2 }]
        End            = true
      }
    }
  })
  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.work.arn
    kms_data_key_reuse_period_seconds = 300
  }
  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.work.arn}:*"
    include_execution_data = false
    level                  = "OFF"
  }
  tracing_configuration { enabled = true }
}

# Logs errors only, without the data.
resource "aws_sfn_state_machine" "sfnlog_near" {
  name     = "shop-prod-pay"
  role_arn = aws_iam_role.work_exec.arn
  definition = jsonencode({
    StartAt        = "Charge"
    TimeoutSeconds = 900
    States = {
      Charge = {
        Type           = "Task"
        Resource       = "arn:aws:states:::lambda:invoke"
        Parameters     = { FunctionName = aws_lambda_function.work.arn, "Payload.$" = "$" }
        TimeoutSeconds = 60
        Retry          = [{ ErrorEquals = ["States.ALL"], IntervalSeconds = 2, MaxAttempts = 3, BackoffRate = 2 }]
        End            = true
      }
    }
  })
  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.work.arn
    kms_data_key_reuse_period_seconds = 300
  }
  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.work.arn}:*"
    include_execution_data = false
    level                  = "ERROR"
  }
  tracing_configuration { enabled = true }
}
