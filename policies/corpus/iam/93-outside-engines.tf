# Engines outside the account may read whole tables of the lake without its filters.
# Source: https://docs.aws.amazon.com/lake-formation/latest/dg/full-table-credential-vending.html
# Fault at: aws_lakeformation_data_lake_settings.engines_fault
# Near miss at: aws_lakeformation_data_lake_settings.engines_near

resource "aws_iam_role" "engines_steward" {
  name = "shop-prod-engines-steward"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lakeformation.amazonaws.com" } }]
  })
}

resource "aws_lakeformation_data_lake_settings" "engines_fault" {
  admins                                = [aws_iam_role.engines_steward.arn]
  allow_external_data_filtering         = true
  allow_full_table_external_data_access = true
}

resource "aws_lakeformation_data_lake_settings" "engines_near" {
  admins                            = [aws_iam_role.engines_steward.arn]
  allow_external_data_filtering     = false
  authorized_session_tag_value_list = ["shop-prod-reports"]
  trusted_resource_owners           = []
}
