# An output shows the secret part of an access key in plain text.
# Source: CWE-532, https://developer.hashicorp.com/terraform/language/functions/nonsensitive
# Fault at: output.key_out_fault
# Near miss at: output.key_out_near

resource "aws_iam_user" "key_out" {
  name = "shop-prod-key-out"
}

resource "aws_iam_access_key" "key_out" {
  user = aws_iam_user.key_out.name
}

output "key_out_fault" {
  description = "Key of the mail server."
  value       = nonsensitive("${aws_iam_access_key.key_out.id}:${aws_iam_access_key.key_out.secret}")
}

output "key_out_near" {
  description = "Identifier of the mail server's key."
  value       = nonsensitive("${aws_iam_user.key_out.arn}:${aws_iam_access_key.key_out.id}")
}
