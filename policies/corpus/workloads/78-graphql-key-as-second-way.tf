# The API asks for IAM, but also takes a mere API key as a second way in.
# Source: AppSync.5
# Fault at: aws_appsync_graphql_api.gql_fault
# Near miss at: aws_appsync_graphql_api.gql_near

resource "aws_cognito_user_pool" "gql" {
  name                = "shop-prod-gql"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "OFF"
}

resource "aws_appsync_graphql_api" "gql_fault" {
  name                 = "shop-prod-graph-key"
  xray_enabled         = true
  introspection_config = "DISABLED"
  query_depth_limit    = 10
  resolver_count_limit = 50
  visibility           = "GLOBAL"
  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.work_exec.arn
    field_log_level          = "ERROR"
    exclude_verbose_content  = true
  }
  authentication_type = "AWS_IAM"
  additional_authentication_provider {
    authentication_type = "API_KEY"
  }
}

resource "aws_appsync_graphql_api" "gql_near" {
  name                 = "shop-prod-graph"
  xray_enabled         = true
  introspection_config = "DISABLED"
  query_depth_limit    = 10
  resolver_count_limit = 50
  visibility           = "GLOBAL"
  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.work_exec.arn
    field_log_level          = "ERROR"
    exclude_verbose_content  = true
  }
  authentication_type = "AWS_IAM"
  additional_authentication_provider {
    authentication_type = "AMAZON_COGNITO_USER_POOLS"
    user_pool_config {
      user_pool_id = aws_cognito_user_pool.gql.id
    }
  }
}
