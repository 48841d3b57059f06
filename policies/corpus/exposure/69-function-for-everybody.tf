# Every AWS account may call a function.
# Source: Lambda.1, CKV_AWS_301
# Fault at: aws_lambda_permission.anyone_fault
# Near miss at: aws_lambda_permission.anyone_near

resource "aws_lambda_permission" "anyone_fault" {
  function_name = aws_lambda_function.hook.function_name
  action        = "lambda:InvokeFunction"
  principal     = "*"
  statement_id  = "partners"
}

resource "aws_lambda_permission" "anyone_near" {
  function_name    = aws_lambda_function.hook.function_name
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
  statement_id     = "organisation"
}
