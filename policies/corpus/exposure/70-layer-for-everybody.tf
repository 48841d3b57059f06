# Every AWS account may download a layer with the shop's code.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
# Fault at: aws_lambda_layer_version_permission.layer_fault
# Near miss at: aws_lambda_layer_version_permission.layer_near

resource "aws_lambda_layer_version" "pricing" {
  layer_name          = "shop-prod-pricing"
  s3_bucket           = "shop-prod-code"
  s3_key              = "pricing.zip"
  compatible_runtimes = ["python3.13"]
}

resource "aws_lambda_layer_version_permission" "layer_fault" {
  layer_name     = aws_lambda_layer_version.pricing.layer_name
  version_number = 1
  action         = "lambda:GetLayerVersion"
  principal      = "*"
  statement_id   = "everybody"
}

resource "aws_lambda_layer_version_permission" "layer_near" {
  layer_name      = aws_lambda_layer_version.pricing.layer_name
  version_number  = 2
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = "o-a1b2c3d4e5"
  statement_id    = "organisation"
}
