# Models, comprehension, flows and workflows keep their data with keys that are not the account's.
# Source: CKV_AWS_267, CKV_AWS_268, CKV_AWS_263, CKV_AWS_264, CKV_AWS_373, CKV_AWS_383
# Warns: the approvers decide
# Fault at: aws_comprehend_document_classifier.words_fault
# Fault at: aws_bedrockagent_agent.words_fault
# Fault at: aws_sfn_state_machine.words_fault
# Near miss at: aws_bedrockagent_agent.words_near
# Near miss at: aws_sfn_state_machine.words_near

resource "aws_kms_key" "words" {
  description         = "Words"
  enable_key_rotation = true
}

resource "aws_iam_role" "words" {
  name = "shop-prod-words"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "comprehend.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "words" {
  name              = "/aws/vendedlogs/states/shop-prod-words"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.words.arn
}

resource "aws_comprehend_document_classifier" "words_fault" {
  name                 = "shop-prod-letters"
  data_access_role_arn = aws_iam_role.words.arn
  language_code        = "de"
  model_kms_key_id     = null
  input_data_config {
    s3_uri = "s3://shop-prod-letters/training.csv"
  }
}

resource "aws_bedrockagent_agent" "words_fault" {
  agent_name              = "shop-prod-helper"
  agent_resource_role_arn = aws_iam_role.words.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  instruction             = "You answer questions of customers about the state of their orders."
}

resource "aws_bedrockagent_agent" "words_near" {
  agent_name                  = "shop-prod-advisor"
  agent_resource_role_arn     = aws_iam_role.words.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  instruction                 = "You answer questions of customers about the state of their orders."
  customer_encryption_key_arn = aws_kms_key.words.arn
}

resource "aws_sfn_state_machine" "words_fault" {
  name     = "shop-prod-refunds"
  role_arn = aws_iam_role.words.arn
  definition = jsonencode({
    Comment = "Runs as ${aws_iam_role.words.arn}"
    StartAt = "Wait"
    States  = { Wait = { Type = "Wait", Seconds = 1, End = true } }
  })
  encryption_configuration {
    type = "AWS_OWNED_KEY"
  }
  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.words.arn}:*"
  }
  tracing_configuration {
    enabled = true
  }
}

resource "aws_sfn_state_machine" "words_near" {
  name     = "shop-prod-returns"
  role_arn = aws_iam_role.words.arn
  definition = jsonencode({
    Comment = "Runs as ${aws_iam_role.words.arn}"
    StartAt = "Wait"
    States  = { Wait = { Type = "Wait", Seconds = 1, End = true } }
  })
  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.words.arn
    kms_data_key_reuse_period_seconds = 300
  }
  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.words.arn}:*"
  }
  tracing_configuration {
    enabled = true
  }
}
