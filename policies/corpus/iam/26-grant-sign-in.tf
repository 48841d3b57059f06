# The policy lets its holder give himself administrator's access by single sign-on.
# Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/security_iam_id-based-policy-examples.html
# Fault at: aws_iam_policy.grant_sign_in_fault
# Near miss at: aws_iam_policy.grant_sign_in_near

resource "aws_iam_policy" "grant_sign_in_fault" {
  name        = "shop-prod-grant-sign-in-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sso:ListInstances", "sso:CreateAccountAssignment", "identitystore:CreateGroupMembership"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "grant_sign_in_near" {
  name        = "shop-prod-grant-sign-in-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sso:ListInstances"], Resource = "*" }, { Effect = "Allow", Action = ["sso:DescribePermissionSet"], Resource = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/*" }]
  })
}
