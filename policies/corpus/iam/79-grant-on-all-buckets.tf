# The access grant lets the role read and write every bucket of the account.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-location.html
# Fault at: aws_s3control_access_grant.buckets_fault
# Near miss at: aws_s3control_access_grant.buckets_near

resource "aws_iam_role" "buckets_reader" {
  name = "shop-prod-buckets-reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_s3control_access_grant" "buckets_fault" {
  access_grants_location_id = "default"
  permission                = "READWRITE"
  access_grants_location_configuration {
    s3_sub_prefix = "*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = aws_iam_role.buckets_reader.arn
  }
}

resource "aws_s3control_access_grant" "buckets_near" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "shop-prod-orders/invoices/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = aws_iam_role.buckets_reader.arn
  }
}
