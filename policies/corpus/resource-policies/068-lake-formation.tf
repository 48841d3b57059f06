# A foreign account can read the table and pass the permission on.
# Source: https://docs.aws.amazon.com/lake-formation/latest/dg/cross-account-permissions.html
# Fault at: aws_lakeformation_permissions.lake_fault
# Near miss at: aws_lakeformation_permissions.lake_near

resource "aws_lakeformation_permissions" "lake_fault" {
  principal                     = var.partner_account_id
  permissions                   = ["DESCRIBE", "SELECT"]
  permissions_with_grant_option = ["DESCRIBE", "SELECT"]

  table {
    database_name = "shop_prod_sales"
    name          = "orders"
  }
}

resource "aws_lakeformation_permissions" "lake_near" {
  principal   = "arn:aws:iam::${var.account_id}:role/shop-prod-analytics"
  permissions = ["DESCRIBE", "SELECT"]

  table {
    database_name = "shop_prod_sales"
    name          = "orders"
  }
}
