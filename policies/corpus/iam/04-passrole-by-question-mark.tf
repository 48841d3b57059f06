# The policy lets its holder start an instance with any role of the account, spelled with question marks.
# Source: CKV_AWS_286, CKV_AWS_110, pathfinding.cloud ec2-001
# Fault at: aws_iam_policy.passrole_by_question_mark_fault
# Near miss at: aws_iam_policy.passrole_by_question_mark_near

resource "aws_iam_role" "passrole_web" {
  name = "shop-prod-passrole-web"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "passrole_by_question_mark_fault" {
  statement {
    actions   = ["ec2:Run*", "iam:?ass?ole"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "passrole_by_question_mark_fault" {
  name   = "shop-prod-passrole-by-question-mark-fault"
  policy = data.aws_iam_policy_document.passrole_by_question_mark_fault.json
}

data "aws_iam_policy_document" "passrole_by_question_mark_near" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.passrole_web.arn]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "passrole_by_question_mark_near" {
  name   = "shop-prod-passrole-by-question-mark-near"
  policy = data.aws_iam_policy_document.passrole_by_question_mark_near.json
}
