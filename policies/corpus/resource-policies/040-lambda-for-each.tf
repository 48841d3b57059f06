# A foreign account can invoke the function; it is one of several callers made with for_each.
# Source: Lambda.1
# Fault at: aws_lambda_permission.callers_fault["shipping"]
# Near miss at: aws_lambda_permission.callers_near["shipping"]

locals {
  respol_callers = {
    billing  = "events.amazonaws.com"
    shipping = join("", ["9999", "8888", "7777"])
  }
}

resource "aws_lambda_permission" "callers_fault" {
  for_each = local.respol_callers

  statement_id  = "from-${each.key}"
  action        = "lambda:*"
  function_name = "shop-prod-quote"
  principal     = each.value
  source_arn    = endswith(each.value, ".com") ? "arn:aws:events:${var.region}:${var.account_id}:rule/shop-prod-${each.key}" : null
}

resource "aws_lambda_permission" "callers_near" {
  for_each = toset(["billing", "shipping"])

  statement_id  = "own-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-quote"
  principal     = "arn:aws:iam::${var.account_id}:role/shop-prod-${each.key}"
}
