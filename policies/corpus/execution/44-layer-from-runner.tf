# A layer packs the credentials file of the machine that applies the plan.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_layer_version
# Fault at: aws_lambda_layer_version.layrun_fault
# Near miss at: aws_lambda_layer_version.layrun_near

resource "aws_lambda_layer_version" "layrun_fault" {
  layer_name = "shop-prod-layrun-fault"
  filename   = "../../../../root/.aws/credentials"
}

resource "aws_lambda_layer_version" "layrun_near" {
  layer_name = "shop-prod-layrun-near"
  filename   = "build/credentials-helper.zip"
}
