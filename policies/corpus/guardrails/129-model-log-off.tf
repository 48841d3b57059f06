# What people ask the language models is no longer recorded.
# Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
# Fault at: aws_bedrock_model_invocation_logging_configuration.model_log_off_fault
# Near miss at: aws_bedrock_model_invocation_logging_configuration.model_log_off_near

resource "aws_bedrock_model_invocation_logging_configuration" "model_log_off_fault" {
  logging_config {
    text_data_delivery_enabled      = false
    image_data_delivery_enabled     = true
    embedding_data_delivery_enabled = false
    cloudwatch_config {
      log_group_name = "shop-prod-models"
      role_arn       = "arn:aws:iam:::role/shop-prod-models"
    }
  }
}

resource "aws_bedrock_model_invocation_logging_configuration" "model_log_off_near" {
  logging_config {
    text_data_delivery_enabled      = true
    image_data_delivery_enabled     = true
    embedding_data_delivery_enabled = true
    cloudwatch_config {
      log_group_name = "shop-prod-models"
      role_arn       = "arn:aws:iam:::role/shop-prod-models"
    }
  }
}
