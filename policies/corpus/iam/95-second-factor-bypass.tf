# The change makes the denial without a second factor no longer apply to access keys.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
# Warns: the approvers decide
# Fault at: aws_iam_policy.bypass_fault
# Near miss at: aws_iam_policy.bypass_near

# Exists before: see before/main.tf.
resource "aws_iam_policy" "bypass_fault" {
  name = "shop-prod-bypass-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NeedsSecondFactor", Effect = "Deny", NotAction = ["iam:*MFA*", "sts:GetSessionToken"], Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } }
  ] })
}

resource "aws_iam_policy" "bypass_near" {
  name = "shop-prod-bypass-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NeedsSecondFactor", Effect = "Deny", NotAction = ["iam:*MFA*", "sts:GetSessionToken"], Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } }
  ] })
}
