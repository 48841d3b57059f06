# Everybody may invoke a function, because the principal of the permission is known only after the apply.
# Source: CKV_AWS_301, Lambda.1
# Fault at: aws_lambda_permission.perm_unknown_fault
# Near miss at: aws_lambda_permission.perm_unknown_near

resource "terraform_data" "perm_unknown" {
  input = "*"
}

resource "aws_kms_key" "perm_unknown" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "perm_unknown" {
  name              = "shop-prod-perm-unknown"
  kms_master_key_id = aws_kms_key.perm_unknown.arn
}

resource "aws_lambda_permission" "perm_unknown_fault" {
  statement_id  = "AllowTopic"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-orders"
  principal     = terraform_data.perm_unknown.output
}

resource "aws_lambda_permission" "perm_unknown_near" {
  statement_id  = "AllowTopic2"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-orders"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.perm_unknown.arn
}
