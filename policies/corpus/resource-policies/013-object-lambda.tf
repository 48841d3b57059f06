# A foreign account can read and write every object through the Object Lambda access point.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html
# Fault at: aws_s3control_object_lambda_access_point_policy.object_lambda_fault
# Near miss at: aws_s3control_object_lambda_access_point_policy.object_lambda_near

resource "aws_s3control_object_lambda_access_point_policy" "object_lambda_fault" {
  name = "shop-prod-resize-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:role/shop-prod-resize", "arn:aws:iam::999988887777:role/*"] }
        Action    = "s3-object-lambda:*"
        Resource  = "arn:aws:s3-object-lambda:${var.region}:${var.account_id}:accesspoint/shop-prod-resize-a"
      }
    ]
  })
}

resource "aws_s3control_object_lambda_access_point_policy" "object_lambda_near" {
  name = "shop-prod-resize-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3-object-lambda:Get*"
        Resource  = "arn:aws:s3-object-lambda:${var.region}:${var.account_id}:accesspoint/shop-prod-resize-b"
        Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudfront::${var.account_id}:distribution/E2QWRUHAPOMQZL" } }
      }
    ]
  })
}
