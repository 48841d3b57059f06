# Every AWS account can download the layer.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
# Fault at: aws_lambda_layer_version_permission.layer_fault
# Near miss at: aws_lambda_layer_version_permission.layer_near

resource "aws_lambda_layer_version_permission" "layer_fault" {
  layer_name     = "shop-prod-pricing"
  version_number = 3
  statement_id   = "share"
  action         = "lambda:GetLayerVersion"
  principal      = "*"
}

resource "aws_lambda_layer_version_permission" "layer_near" {
  layer_name      = "shop-prod-logging"
  version_number  = 3
  statement_id    = "share"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = var.org_id
}
