# A layer is given to a principal that is known only after the apply, and it is everybody.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
# Fault at: aws_lambda_layer_version_permission.layer_perm_fault
# Near miss at: aws_lambda_layer_version_permission.layer_perm_near

resource "terraform_data" "layer_perm" {
  input = "*"
}

variable "layer_perm_org" {
  description = "Organization of the company."
  type        = string
  default     = "o-a1b2c3d4e5"
}

resource "aws_lambda_layer_version_permission" "layer_perm_fault" {
  layer_name     = "shop-prod-layer"
  action         = "lambda:GetLayerVersion"
  version_number = 3
  statement_id   = "partners"
  principal      = terraform_data.layer_perm.output
}

resource "aws_lambda_layer_version_permission" "layer_perm_near" {
  layer_name      = "shop-prod-layer"
  action          = "lambda:GetLayerVersion"
  version_number  = 4
  statement_id    = "company"
  principal       = join("", ["*"])
  organization_id = var.layer_perm_org
}
