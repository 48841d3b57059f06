# A foreign account can write the table and replace its policy.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html
# Fault at: aws_s3tables_table_policy.table_fault
# Near miss at: aws_s3tables_table_policy.table_near

resource "aws_s3tables_table_policy" "table_fault" {
  table_bucket_arn = "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a"
  namespace        = "shop_prod_sales"
  name             = "orders"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = ["s3tables:GetTable*", "s3tables:Put*"]
        Resource  = ["arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a", "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-a/table/*"]
      }
    ]
  })
}

resource "aws_s3tables_table_policy" "table_near" {
  table_bucket_arn = "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b"
  namespace        = "shop_prod_sales"
  name             = "orders"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-analytics" }
        Action    = ["s3tables:GetTable*", "s3tables:PutTableData"]
        Resource  = ["arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b", "arn:aws:s3tables:${var.region}:${var.account_id}:bucket/shop-prod-lake-b/table/*"]
      }
    ]
  })
}
