# A function's address needs no authentication.
# Source: CKV_AWS_258
# Fault at: aws_lambda_function_url.one_none_fault
# Near miss at: aws_lambda_function_url.one_none_near

locals {
  one_none = { public = "none", internal = "aws_iam" }
}

resource "aws_lambda_function_url" "one_none_fault" {
  function_name      = "shop-prod-orders"
  authorization_type = upper(one([for k, v in local.one_none : v if startswith(k, "pub")]))
}

resource "aws_lambda_function_url" "one_none_near" {
  function_name      = "shop-prod-reports"
  authorization_type = upper(one([for k, v in local.one_none : v if !startswith(k, "pub")]))

  cors {
    allow_origins = ["https://shop.example.com"]
    allow_methods = ["GET"]
  }
}
