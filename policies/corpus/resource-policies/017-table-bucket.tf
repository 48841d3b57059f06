# Everybody can read the tables of the table bucket, because the organization condition is skipped when it is absent.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html
# Fault at: aws_s3tables_table_bucket_policy.table_bucket_fault
# Near miss at: aws_s3tables_table_bucket_policy.table_bucket_near

resource "aws_s3tables_table_bucket_policy" "table_bucket_fault" {
  table_bucket_arn = "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:root", "*"] }
        Action    = ["s3tables:GetTableData", "s3tables:ListTables"]
        Resource  = ["arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a", "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a/table/*"]
        Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}

resource "aws_s3tables_table_bucket_policy" "table_bucket_near" {
  table_bucket_arn = "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["*"] }
        Action    = ["s3tables:GetTableData", "s3tables:ListTables"]
        Resource  = ["arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b", "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b/table/*"]
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
