# The policy lets its holder give any role at all to an instance that he starts.
# Source: pathfinding.cloud ec2-001, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
# Fault at: aws_iam_policy.passrole_any_to_ec2_fault
# Near miss at: aws_iam_policy.passrole_any_to_ec2_near

resource "aws_iam_role" "passrole_worker" {
  name = "shop-prod-passrole-worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "passrole_any_to_ec2_fault" {
  statement {
    actions   = ["ec2:RunInstances", "ec2:CreateTags"]
    resources = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "passrole_any_to_ec2_fault" {
  name   = "shop-prod-passrole-any-to-ec2-fault"
  policy = data.aws_iam_policy_document.passrole_any_to_ec2_fault.json
}

data "aws_iam_policy_document" "passrole_any_to_ec2_near" {
  statement {
    actions   = ["ec2:CreateTags"]
    resources = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"]
    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["RunInstances"]
    }
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.passrole_worker.arn]
    condition {
      test     = "StringEqualsIfExists"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "passrole_any_to_ec2_near" {
  name   = "shop-prod-passrole-any-to-ec2-near"
  policy = data.aws_iam_policy_document.passrole_any_to_ec2_near.json
}
