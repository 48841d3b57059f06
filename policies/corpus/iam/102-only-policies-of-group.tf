# The exclusive lists of a group's and a user's policies contain one that manages every identity.
# Source: CKV_AWS_274, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html
# Fault at: aws_iam_group_policy_attachments_exclusive.members_only_fault
# Fault at: aws_iam_user_policy_attachments_exclusive.members_only_fault
# Near miss at: aws_iam_group_policy_attachments_exclusive.members_only_near

resource "aws_iam_group_policy_attachments_exclusive" "members_only_fault" {
  group_name  = "shop-prod-staff"
  policy_arns = ["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_user_policy_attachments_exclusive" "members_only_fault" {
  user_name   = "shop-prod-carla"
  policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_group_policy_attachments_exclusive" "members_only_near" {
  group_name  = "shop-prod-audit"
  policy_arns = ["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"]
}
