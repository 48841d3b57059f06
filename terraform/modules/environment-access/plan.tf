# The plan role: agents and CI read with it, and cannot write.

data "aws_iam_policy_document" "plan_trust" {
  dynamic "statement" {
    for_each = length(var.plan.principals) == 0 ? [] : [var.plan.principals]

    content {
      sid     = "Roles"
      actions = ["sts:AssumeRole", "sts:TagSession"]

      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }

  dynamic "statement" {
    for_each = var.plan.oidc == null ? [] : [var.plan.oidc]

    content {
      sid     = "Tokens"
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [statement.value.provider_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "${statement.value.host}:aud"
        values   = [statement.value.audience]
      }

      condition {
        test     = "StringLike"
        variable = "${statement.value.host}:sub"
        values   = statement.value.subjects
      }
    }
  }
}

resource "aws_iam_role" "plan" {
  count = length(var.plan.principals) == 0 && var.plan.oidc == null ? 0 : 1

  name                 = "${local.prefix}-plan"
  description          = "Plans of agents and CI: reads what Terraform needs, and writes nothing."
  assume_role_policy   = data.aws_iam_policy_document.plan_trust.json
  max_session_duration = 3600

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "plan" {
  count = length(aws_iam_role.plan)

  role       = aws_iam_role.plan[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/ReadOnlyAccess"
}

# ReadOnlyAccess also reads what customers store. A plan does not need that, except for the state.
data "aws_iam_policy_document" "plan" {
  statement {
    sid    = "NoData"
    effect = "Deny"
    actions = [
      "athena:GetQueryResults*",
      "dynamodb:BatchGetItem",
      "dynamodb:GetItem",
      "dynamodb:GetRecords",
      "dynamodb:PartiQLSelect",
      "dynamodb:Query",
      "dynamodb:Scan",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "kinesis:GetRecords",
      "kms:Decrypt",
      "lambda:InvokeFunction",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:GetQueryResults",
      "logs:StartQuery",
      "secretsmanager:BatchGetSecretValue",
      "secretsmanager:GetSecretValue",
      "sqs:ReceiveMessage",
      "ssm:GetParameterHistory",
      "states:GetExecutionHistory",
    ]
    resources = ["*"] # wherever data is

    # A bucket with the state may be encrypted with a key of KMS.
    condition {
      test     = "StringNotLikeIfExists"
      variable = "kms:ViaService"
      values   = ["s3.*"]
    }
  }

  statement {
    sid           = "NoObjects"
    effect        = "Deny"
    actions       = ["s3:GetObject", "s3:GetObjectVersion"]
    not_resources = length(var.plan.state_arns) == 0 ? ["arn:${local.partition}:s3:::none/none"] : var.plan.state_arns
  }

  dynamic "statement" {
    for_each = length(var.plan.state_arns) == 0 ? [] : [var.plan.state_arns]

    content {
      sid       = "State"
      actions   = ["s3:GetObject"]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = length(var.plan.state_key_arns) == 0 ? [] : [var.plan.state_key_arns]

    content {
      sid       = "StateKeys"
      actions   = ["kms:Decrypt"]
      resources = statement.value
    }
  }
}

resource "aws_iam_role_policy" "plan" {
  count = length(aws_iam_role.plan)

  name   = "reads"
  role   = aws_iam_role.plan[0].name
  policy = data.aws_iam_policy_document.plan.json
}
