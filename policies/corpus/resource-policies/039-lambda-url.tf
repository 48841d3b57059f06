# Everybody on the internet can call the function through its URL without signing.
# Source: Lambda.1, CKV_AWS_301
# Fault at: aws_lambda_permission.url_fault
# Near miss at: aws_lambda_permission.url_near

resource "aws_lambda_permission" "url_fault" {
  statement_id           = "url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = "shop-prod-webhook"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "url_near" {
  statement_id           = "url-org"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = "shop-prod-webhook"
  principal              = "*"
  function_url_auth_type = "AWS_IAM"
  principal_org_id       = var.org_id
}
