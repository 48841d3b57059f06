# Anybody may become the role, in a trust policy that Terraform cannot show before it applies.
# Source: CKV_AWS_60, CKV_AWS_61
# Fault at: aws_iam_role.later_fault
# Near miss at: aws_iam_role.later_near

resource "aws_iam_role" "later_deployer" {
  name = "shop-prod-later-deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "later_fault" {
  name = "shop-prod-later-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = [aws_iam_role.later_deployer.arn, "*"] } }]
  })
}

data "aws_iam_policy_document" "later_near" {
  statement {
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.later_deployer.arn]
    }
  }
}

resource "aws_iam_role" "later_near" {
  name               = "shop-prod-later-near"
  assume_role_policy = data.aws_iam_policy_document.later_near.json
}
