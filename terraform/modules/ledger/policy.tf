# Who writes the ledger decides what the fleet does. Somebody in the account with dynamodb:* must not be one of them; to become one, they would have to
# change this policy or a role of the fleet, and CloudTrail shows both.

data "aws_iam_policy_document" "writers" {
  count = length(var.writer_role_arns) == 0 ? 0 : 1

  statement {
    sid    = "OnlyTheFleetWrites"
    effect = "Deny"
    actions = [
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:PartiQLDelete",
      "dynamodb:PartiQLInsert",
      "dynamodb:PartiQLUpdate",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ]
    resources = [aws_dynamodb_table.this.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotLike"
      variable = "aws:PrincipalArn"
      values   = var.writer_role_arns
    }
  }
}

resource "aws_dynamodb_resource_policy" "writers" {
  count = length(var.writer_role_arns) == 0 ? 0 : 1

  resource_arn = aws_dynamodb_table.this.arn
  policy       = data.aws_iam_policy_document.writers[0].json
}
