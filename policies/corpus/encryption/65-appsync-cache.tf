# The cache of the GraphQL API is encrypted neither on disk nor on the wire.
# Source: AppSync.1, AppSync.6, CKV_AWS_214, CKV_AWS_215
# Fault at: aws_appsync_api_cache.graphql_fault
# Near miss at: aws_appsync_api_cache.graphql_near

resource "aws_appsync_graphql_api" "graphql" {
  name                = "shop-prod-graphql"
  authentication_type = "AWS_IAM"
  xray_enabled        = true
}

resource "aws_appsync_api_cache" "graphql_fault" {
  api_id               = aws_appsync_graphql_api.graphql.id
  api_caching_behavior = "FULL_REQUEST_CACHING"
  type                 = "LARGE"
  ttl                  = 300
}

resource "aws_appsync_api_cache" "graphql_near" {
  api_id                     = aws_appsync_graphql_api.graphql.id
  api_caching_behavior       = "PER_RESOLVER_CACHING"
  type                       = "LARGE"
  ttl                        = 300
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}
