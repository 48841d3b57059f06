# The resource control policy accepts callers of every organisation.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
# Fault at: aws_organizations_policy.rcp_any_organisation_fault
# Near miss at: aws_organizations_policy.rcp_any_organisation_near

resource "aws_organizations_policy" "rcp_any_organisation_fault" {
  name = "shop-prod-orders-perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPeople"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*", "kms:*", "secretsmanager:*"]
      Resource  = "*"
      Condition = {
        StringNotLikeIfExists = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5", "o-*"] }
        BoolIfExists          = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy" "rcp_any_organisation_near" {
  name = "shop-prod-billing-perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPeople"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*", "kms:*", "secretsmanager:*"]
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5"] }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}
