# Another company's account gets everything on the lake's database and may hand it on.
# Source: https://docs.aws.amazon.com/lake-formation/latest/dg/cross-account-permissions.html
# Fault at: aws_lakeformation_permissions.stranger_fault
# Near miss at: aws_lakeformation_permissions.stranger_near

resource "aws_iam_role" "stranger_reader" {
  name = "shop-prod-stranger-reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }]
  })
}

variable "stranger_account" {
  description = "Account that reads the lake."
  type        = string
  default     = "999988887777"
}

resource "aws_lakeformation_permissions" "stranger_fault" {
  principal                     = var.stranger_account
  permissions                   = ["ALL"]
  permissions_with_grant_option = ["ALL"]
  database {
    name = "shop_prod_orders"
  }
}

resource "aws_lakeformation_permissions" "stranger_near" {
  principal   = aws_iam_role.stranger_reader.arn
  permissions = ["DESCRIBE"]
  database {
    name = "shop_prod_orders"
  }
}
