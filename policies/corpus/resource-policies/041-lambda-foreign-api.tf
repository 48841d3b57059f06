# An API of a foreign account can invoke the function, because the source ARN names that account.
# Source: CKV_AWS_364, https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
# Fault at: aws_lambda_permission.api_fault
# Near miss at: aws_lambda_permission.api_near

resource "aws_lambda_permission" "api_fault" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-cart"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:999988887777:*/*/POST/cart"
}

resource "aws_lambda_permission" "api_near" {
  statement_id  = "api-own"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-cart"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:${var.region}:${var.account_id}:*/*/*/*"
}
