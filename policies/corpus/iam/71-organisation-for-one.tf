# A member's account may manage everything in the organisation.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate.html
# Fault at: aws_organizations_resource_policy.delegate_fault
# Near miss at: aws_organizations_resource_policy.delegate_near

variable "delegate_account" {
  description = "Account of the audit team, a member of the organisation."
  type        = string
  default     = "444455556666"
}

resource "aws_organizations_resource_policy" "delegate_fault" {
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Delegate", Effect = "Allow", Principal = { AWS = var.delegate_account }, Action = ["organizations:*"], Resource = "*" }]
  })
}

resource "aws_organizations_resource_policy" "delegate_near" {
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Delegate", Effect = "Allow", Principal = { AWS = var.delegate_account }, Action = ["organizations:ListPolicies", "organizations:DescribePolicy"], Resource = "*" }]
  })
}
