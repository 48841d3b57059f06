# A connection of EventBridge contains an API key.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
# Fault at: aws_cloudwatch_event_connection.secevc_fault
# Near miss at: aws_cloudwatch_event_connection.secevc_near

resource "aws_kms_key" "secevc_key" {
  description         = "Key for secevc_key"
  enable_key_rotation = true
}

resource "aws_cloudwatch_event_connection" "secevc_fault" {
  name               = "shop-prod-secevc-fault"
  authorization_type = "API_KEY"
  kms_key_identifier = aws_kms_key.secevc_key.arn

  auth_parameters {
    api_key {
      key   = "x-signature"
      value = "NRAK-OO42AYZZ4WTEPU5DDXZTFG2UZSY"
    }
  }
}

data "aws_secretsmanager_secret_version" "secevc_value" {
  secret_id  = "shop-prod-secevc"
  depends_on = [aws_kms_key.secevc_key]
}

# The key comes from Secrets Manager at the time of the apply.
resource "aws_cloudwatch_event_connection" "secevc_near" {
  name               = "shop-prod-secevc-near"
  authorization_type = "API_KEY"
  kms_key_identifier = aws_kms_key.secevc_key.arn

  auth_parameters {
    api_key {
      key   = "x-signature"
      value = data.aws_secretsmanager_secret_version.secevc_value.secret_string
    }
  }
}
