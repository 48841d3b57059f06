# A foreign account may manage the policies of our organization.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
# Fault at: aws_organizations_resource_policy.delegate_fault
# Near miss at: aws_organizations_resource_policy.delegate_near

resource "aws_organizations_resource_policy" "delegate_fault" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:role/governance" }
        Action    = ["organizations:Describe*", "organizations:List*", "organizations:UpdatePolicy", "organizations:DetachPolicy"]
        Resource  = "*"
      }
    ]
  })
}

resource "aws_organizations_resource_policy" "delegate_near" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:role/shop-prod-governance" }
        Action    = ["organizations:Describe*", "organizations:List*"]
        Resource  = "*"
      }
    ]
  })
}
