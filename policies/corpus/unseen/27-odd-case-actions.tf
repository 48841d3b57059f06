# A policy in odd case lets its holder pass every role to every service.
# Source: CKV_AWS_286, CKV_AWS_289
# Fault at: aws_iam_policy.odd_case_fault
# Near miss at: aws_iam_policy.odd_case_near

resource "aws_cloudwatch_log_group" "odd_case" {
  name              = "shop-prod-odd-case"
  retention_in_days = 365
}

resource "aws_iam_policy" "odd_case_fault" {
  name = "shop-prod-odd-case-a"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = ["IAM:pASSrOLE", "LAMBDA:createFUNCTION", "Lambda:INVOKEfunction"], Resource = ["*"] }
  })
}

data "aws_iam_policy_document" "odd_case" {
  statement {
    actions   = ["LOGS:createLogStream", "Logs:PUTLOGEVENTS"]
    resources = ["${aws_cloudwatch_log_group.odd_case.arn}:*"]
  }
}

resource "aws_iam_policy" "odd_case_near" {
  name   = "shop-prod-odd-case-b"
  policy = data.aws_iam_policy_document.odd_case.json
}
