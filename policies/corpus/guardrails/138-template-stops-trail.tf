# A CloudFormation template carries a trail that does not log.
# Source: CloudTrail.1, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudtrail-trail.html
# Fault at: aws_cloudformation_stack.template_stops_trail_fault
# Near miss at: aws_cloudformation_stack.template_stops_trail_near

resource "aws_cloudformation_stack" "template_stops_trail_fault" {
  name       = "shop-prod-orders-audit"
  on_failure = "ROLLBACK"
  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Resources = {
      Trail = {
        Type           = "AWS::CloudTrail::Trail"
        DeletionPolicy = "Retain"
        Properties = {
          TrailName               = "shop-prod-orders"
          S3BucketName            = "shop-prod-audit"
          IsLogging               = false
          IsMultiRegionTrail      = true
          EnableLogFileValidation = true
          KMSKeyId                = "alias/shop-prod-audit"
        }
      }
    }
  })
}

resource "aws_cloudformation_stack" "template_stops_trail_near" {
  name       = "shop-prod-billing-audit"
  on_failure = "ROLLBACK"
  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Resources = {
      Trail = {
        Type           = "AWS::CloudTrail::Trail"
        DeletionPolicy = "Retain"
        Properties = {
          TrailName               = "shop-prod-billing"
          S3BucketName            = "shop-prod-audit"
          IsLogging               = true
          IsMultiRegionTrail      = true
          EnableLogFileValidation = true
          KMSKeyId                = "alias/shop-prod-audit"
        }
      }
    }
  })
}
