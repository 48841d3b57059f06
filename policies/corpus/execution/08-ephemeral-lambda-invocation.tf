# An ephemeral resource invokes a function in every plan and every apply.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/ephemeral-resources/lambda_invocation
# Fault at: ephemeral.aws_lambda_invocation.elinv_fault
# Near miss at: ephemeral.aws_secretsmanager_secret_version.elinv_near

ephemeral "aws_lambda_invocation" "elinv_fault" {
  function_name = "shop-prod-admin"
  payload       = jsonencode({ action = "grant", user = aws_sfn_activity.elinv_support.id })
}

# Reads a secret without keeping it, as recommended.
ephemeral "aws_secretsmanager_secret_version" "elinv_near" {
  secret_id = aws_secretsmanager_secret.elinv_support.id
}

resource "aws_sfn_activity" "elinv_support" {
  name = "shop-prod-elinv"
}

resource "aws_secretsmanager_secret" "elinv_support" {
  name = "shop-prod-elinv"
}
