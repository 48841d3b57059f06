# The permission set's own policy lets the person attach any policy to any identity.
# Source: CKV_AWS_286, https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetcustom.html
# Fault at: aws_ssoadmin_permission_set_inline_policy.own_fault
# Near miss at: aws_ssoadmin_permission_set_inline_policy.own_near

resource "aws_ssoadmin_permission_set" "own_support" {
  name             = "shop-prod-own-support"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}
resource "aws_ssoadmin_permission_set" "own_audit" {
  name             = "shop-prod-own-audit"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}

resource "aws_ssoadmin_permission_set_inline_policy" "own_fault" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.own_support.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:Att*", "iam:Get*"], Resource = ["*"] }] })
}

resource "aws_ssoadmin_permission_set_inline_policy" "own_near" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.own_audit.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:ListUsers", "iam:ListRoles", "iam:GetAccountSummary"], Resource = ["*"] }] })
}
