# A policy with every secret is attached to a person directly.
# Source: CKV_AWS_40, Security Hub IAM.2, Prowler iam_policy_attached_only_to_group_or_roles
# Fault at: aws_iam_user_policy_attachment.direct_fault
# Near miss at: aws_iam_group_policy_attachment.direct_near

resource "aws_iam_user" "direct_anna" {
  name = "shop-prod-anna"
}

resource "aws_iam_group" "direct_staff" {
  name = "shop-prod-staff"
}

resource "aws_iam_user_policy_attachment" "direct_fault" {
  user       = aws_iam_user.direct_anna.name
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
}

resource "aws_iam_group_policy_attachment" "direct_near" {
  group      = aws_iam_group.direct_staff.name
  policy_arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
}
