# A policy that is masked in the plan allows everything.
# Source: CKV_AWS_62, CKV_AWS_63
# Fault at: aws_iam_policy.masked_policy_fault
# Near miss at: aws_iam_policy.masked_policy_near

resource "aws_iam_policy" "masked_policy_fault" {
  name = "shop-prod-masked-policy-a"
  policy = sensitive(jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = title("allow"), Action = ["?*"], Resource = "*" }]
  }))
}

resource "aws_iam_policy" "masked_policy_near" {
  name = "shop-prod-masked-policy-b"
  policy = sensitive(jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = title("allow"), Action = ["ecr:GetAuthorizationToken", "ec2:DescribeRegions"], Resource = "*" }]
  }))
}
