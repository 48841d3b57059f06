# A group gets nearly everything that AWS can do.
# Source: CKV_AWS_61, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
# Fault at: aws_iam_policy_attachment.power_fault
# Near miss at: aws_iam_policy_attachment.power_near

resource "aws_iam_group" "power_support" {
  name = "shop-prod-support"
}

resource "aws_iam_policy_attachment" "power_fault" {
  name       = "shop-prod-power-fault"
  groups     = [aws_iam_group.power_support.name]
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_policy_attachment" "power_near" {
  name       = "shop-prod-power-near"
  groups     = [aws_iam_group.power_support.name]
  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}
