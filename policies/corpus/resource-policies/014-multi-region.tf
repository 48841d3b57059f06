# Everybody who sends a chosen Referer header can read through the Multi-Region access point.
# Source: S3.24, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer
# Fault at: aws_s3control_multi_region_access_point_policy.mrap_fault
# Near miss at: aws_s3control_multi_region_access_point_policy.mrap_near

resource "aws_s3control_multi_region_access_point_policy" "mrap_fault" {
  details {
    name = "shop-prod-global-a"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["s3:GetObject"]
        Resource  = "arn:aws:s3::${var.account_id}:accesspoint/mfzwi23gnjvgw.mrap/object/*"
        Condition = { StringLike = { "aws:Referer" = "https://shop.example.com/*" } }
      }]
    })
  }
}

resource "aws_s3control_multi_region_access_point_policy" "mrap_near" {
  details {
    name = "shop-prod-global-b"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["s3:GetObject"]
        Resource  = "arn:aws:s3::${var.account_id}:accesspoint/mfzwi23gnjvgw.mrap/object/*"
        Condition = {
          StringLike   = { "aws:Referer" = "https://shop.example.com/*" }
          StringEquals = { "aws:PrincipalOrgID" = var.org_id }
        }
      }]
    })
  }
}
