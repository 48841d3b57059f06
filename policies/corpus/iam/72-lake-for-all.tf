# Everybody with any identity of the account may do everything with every new database of the lake.
# Source: https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html
# Fault at: aws_lakeformation_data_lake_settings.lake_fault
# Near miss at: aws_lakeformation_data_lake_settings.lake_near

resource "aws_iam_role" "lake_steward" {
  name = "shop-prod-lake-steward"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lakeformation.amazonaws.com" } }]
  })
}

resource "aws_lakeformation_data_lake_settings" "lake_fault" {
  admins = [aws_iam_role.lake_steward.arn]
  create_database_default_permissions {
    permissions = ["ALL"]
    principal   = "IAM_ALLOWED_PRINCIPALS"
  }
}

resource "aws_lakeformation_data_lake_settings" "lake_near" {
  admins           = [aws_iam_role.lake_steward.arn]
  read_only_admins = [aws_iam_role.lake_steward.arn]
}
