# A foreign account can create grants in our S3 Access Grants instance and so give itself any data.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-cross-accounts.html
# Fault at: aws_s3control_access_grants_instance_resource_policy.access_grants_fault
# Near miss at: aws_s3control_access_grants_instance_resource_policy.access_grants_near

resource "aws_s3control_access_grants_instance_resource_policy" "access_grants_fault" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = ["s3:ListAccessGrants", "s3:CreateAccessGrant", "s3:GetDataAccess"]
        Resource  = "arn:aws:s3:${var.region}:${var.account_id}:access-grants/default"
      }
    ]
  })
}

resource "aws_s3control_access_grants_instance_resource_policy" "access_grants_near" {

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:ListAccessGrants", "s3:ListAccessGrantsLocations", "s3:GetDataAccess"]
        Resource  = "arn:aws:s3:${var.region}:${var.account_id}:access-grants/default"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
