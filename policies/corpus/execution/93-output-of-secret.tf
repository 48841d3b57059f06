# An output shows a secret that Terraform should have kept hidden.
# Source: https://developer.hashicorp.com/terraform/language/functions/nonsensitive
# Fault at: output.secout_fault
# Near miss at: output.secout_near

data "aws_secretsmanager_secret_version" "secout_value" {
  secret_id  = "shop-prod-secout"
  depends_on = [aws_sfn_activity.secout_support]
}

resource "aws_sfn_activity" "secout_support" {
  name = "shop-prod-secout"
}

output "secout_fault" {
  description = "What the application needs."
  value       = nonsensitive(data.aws_secretsmanager_secret_version.secout_value.secret_string)
}

output "secout_near" {
  description = "ARN of the secret, for those who may read it."
  value       = data.aws_secretsmanager_secret_version.secout_value.arn
}
