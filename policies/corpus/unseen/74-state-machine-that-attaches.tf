# A state machine's definition names a service call that is known only after the apply, and it makes a role an administrator.
# Source: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
# Fault at: aws_sfn_state_machine.sdk_call_fault
# Near miss at: aws_sfn_state_machine.sdk_call_near

resource "terraform_data" "sdk_call" {
  input = format("arn:aws:states:::aws-sdk:%s:%s", "iam", "attachRolePolicy")
}

resource "aws_kms_key" "sdk_call" {
  description             = "State machines"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "sdk_call" {
  name              = "/aws/vendedlogs/states/shop-prod-sdk-call"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.sdk_call.arn
}

data "aws_iam_policy_document" "sdk_call" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "sdk_call" {
  name               = "shop-prod-sdk-call"
  assume_role_policy = data.aws_iam_policy_document.sdk_call.json
}

resource "aws_sns_topic" "sdk_call" {
  name              = "shop-prod-sdk-call"
  kms_master_key_id = aws_kms_key.sdk_call.arn
}

resource "aws_sfn_state_machine" "sdk_call_fault" {
  name     = "shop-prod-sdk-call-a"
  role_arn = aws_iam_role.sdk_call.arn

  definition = jsonencode({
    StartAt = "Notify"
    States = {
      Notify = {
        Type       = "Task"
        Resource   = terraform_data.sdk_call.output
        Parameters = { RoleName = "shop-prod-deploy", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }
        End        = true
      }
    }
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.sdk_call.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.sdk_call.arn
    kms_data_key_reuse_period_seconds = 900
  }
}

resource "aws_sfn_state_machine" "sdk_call_near" {
  name     = "shop-prod-sdk-call-b"
  role_arn = aws_iam_role.sdk_call.arn

  definition = jsonencode({
    StartAt = "Notify"
    States = {
      Notify = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sns:publish"
        Parameters = { TopicArn = aws_sns_topic.sdk_call.arn, Message = "done" }
        End        = true
      }
    }
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.sdk_call.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.sdk_call.arn
    kms_data_key_reuse_period_seconds = 900
  }
}
