# The policy lets its holder take the account out of the organisation or close it.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_leave-as-member.html
# Fault at: aws_iam_policy.leave_organisation_fault
# Near miss at: aws_iam_policy.leave_organisation_near

resource "aws_iam_policy" "leave_organisation_fault" {
  name        = "shop-prod-leave-organisation-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["organizations:DescribeOrganization", "organizations:Leave*", "account:CloseAccount"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "leave_organisation_near" {
  name        = "shop-prod-leave-organisation-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["organizations:DescribeOrganization", "organizations:ListAccounts", "organizations:ListRoots"], Resource = "*" }]
  })
}
