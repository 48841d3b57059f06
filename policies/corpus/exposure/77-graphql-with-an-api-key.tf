# A GraphQL API accepts an API key as a second way in.
# Source: AppSync.5, https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
# Fault at: aws_appsync_graphql_api.key_fault
# Near miss at: aws_appsync_graphql_api.key_near

resource "aws_appsync_graphql_api" "key_fault" {
  name                = "shop-prod-catalogue"
  authentication_type = "AWS_IAM"
  xray_enabled        = true

  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.service.arn
    field_log_level          = "ERROR"
  }

  additional_authentication_provider {
    authentication_type = "API_KEY"
  }
}

resource "aws_appsync_graphql_api" "key_near" {
  name                = "shop-prod-basket"
  authentication_type = "AWS_IAM"
  xray_enabled        = true

  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.service.arn
    field_log_level          = "ERROR"
  }

  additional_authentication_provider {
    authentication_type = "AMAZON_COGNITO_USER_POOLS"
    user_pool_config {
      user_pool_id = aws_cognito_user_pool.workers.id
    }
  }
}
