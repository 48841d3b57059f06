# Every principal of an organization that is known only after the apply may invoke a function.
# Source: CKV_AWS_301, Lambda.1
# Fault at: aws_lambda_permission.org_unknown_fault
# Near miss at: aws_lambda_permission.org_unknown_near

resource "terraform_data" "org_unknown" {
  input = "o-zz99yy88xx"
}

variable "org_unknown" {
  description = "Organization of the company."
  type        = string
  default     = "o-a1b2c3d4e5"
}

resource "aws_lambda_permission" "org_unknown_fault" {
  statement_id     = "Company"
  action           = "lambda:InvokeFunction"
  function_name    = "shop-prod-orders"
  principal        = "*"
  principal_org_id = terraform_data.org_unknown.output
}

resource "aws_lambda_permission" "org_unknown_near" {
  statement_id     = "Company"
  action           = "lambda:InvokeFunction"
  function_name    = "shop-prod-reports"
  principal        = "*"
  principal_org_id = coalesce(null, var.org_unknown)
}
