# A parameter keeps the token with which anybody logs in to the image registry.
# Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
# Fault at: aws_ssm_parameter.sectok_fault
# Near miss at: aws_ssm_parameter.sectok_near

data "aws_ecr_authorization_token" "sectok_token" {
  depends_on = [aws_sfn_activity.sectok_support]
}

resource "aws_sfn_activity" "sectok_support" {
  name = "shop-prod-sectok"
}

resource "aws_ssm_parameter" "sectok_fault" {
  name  = "/shop-prod/sectok-fault"
  type  = "String"
  value = data.aws_ecr_authorization_token.sectok_token.password
}

resource "aws_ssm_parameter" "sectok_near" {
  name  = "/shop-prod/sectok-near"
  type  = "String"
  value = data.aws_ecr_authorization_token.sectok_token.proxy_endpoint
}
